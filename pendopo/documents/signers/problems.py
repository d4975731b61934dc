"""Why a signature does not come: each case a sentence, and whether trying again may help."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendopo.documents.errors import CannotSign

# Of the e-Sign client (SOURCE: published clients of v1 and v2; the service tells no list of its own).
WRONG_PASSPHRASE, NOT_REGISTERED = 2031, 2011


@dataclass(frozen=True, slots=True)
class Problem:
    """A case: what it means for whoever signs; `can_retry` is False where somebody has to do something first; `stops`
    where the rest of a batch would meet the same.
    """

    words: "str | Promise"
    can_retry: bool
    stops: bool = True


PROBLEMS: dict[str, Problem] = {
    "passphrase": Problem(
        _("Frasa sandi salah. Periksa, lalu coba lagi; beberapa kali salah dapat mengunci sertifikat."), False
    ),
    "not_registered": Problem(_("Penanda tangan belum terdaftar di BSrE. Hubungi verifikator instansi."), False),
    "expired": Problem(_("Sertifikat penanda tangan sudah kedaluwarsa. Ajukan pembaruan."), False),
    "renew": Problem(_("Sertifikat penanda tangan sedang diperbarui. Selesaikan pembaruannya di BSrE."), False),
    "waiting_for_verification": Problem(_("Pendaftaran penanda tangan masih menunggu verifikasi BSrE."), False),
    "new": Problem(_("Penanda tangan belum mengaktifkan akunnya di BSrE."), False),
    "no_certificate": Problem(_("Penanda tangan belum mempunyai sertifikat elektronik."), False),
    "suspend": Problem(_("Sertifikat penanda tangan dibekukan. Hubungi BSrE."), False),
    "revoke": Problem(_("Sertifikat penanda tangan sudah dicabut. Ajukan yang baru."), False),
    "unknown_status": Problem(_("BSrE menyebut keadaan sertifikat yang tidak dikenal."), False),
    "no_signer": Problem(_("Sertifikat untuk menandatangani belum disiapkan."), False),
    "credentials": Problem(_("BSrE menolak nama pengguna atau kata sandi layanan ini. Hubungi pengelola."), False),
    "insecure": Problem(_("Sertifikat TLS layanan penandatanganan tidak dapat dipercaya. Hubungi pengelola."), False),
    "not_configured": Problem(_("Layanan penandatanganan belum diatur. Hubungi pengelola."), False),
    "token": Problem(_("Perangkat kunci (PKCS#11) tidak menjawab. Coba lagi, atau hubungi pengelola."), True),
    "unreachable": Problem(_("Layanan penandatanganan tidak terjangkau. Coba lagi nanti."), True),
    "slow": Problem(_("Layanan penandatanganan tidak menjawab pada waktunya. Coba lagi nanti."), True),
    "broken": Problem(_("Layanan penandatanganan menjawab dengan galat. Coba lagi nanti."), True),
    "rubbish": Problem(_("Jawaban layanan penandatanganan tidak terbaca. Coba lagi nanti."), True),
    "not_signed": Problem(_("PDF yang kembali tidak bertanda tangan dengan benar. Coba lagi nanti."), True),
    "refused": Problem(_("Layanan penandatanganan menolak berkas ini. Periksa berkasnya."), False, stops=False),
    "not_set": Problem(_("Dokumen ini tidak dapat disusun. Hubungi pengelola."), False, stops=False),
    "broken_off": Problem(_("Penandatanganan terputus di tengah jalan. Lanjutkan."), True),
}
STATUSES = {
    "EXPIRED": "expired",
    "RENEW": "renew",
    "WAITING_FOR_VERIFICATION": "waiting_for_verification",
    "NEW": "new",
    "NO_CERTIFICATE": "no_certificate",
    "NOT_REGISTERED": "not_registered",
    "SUSPEND": "suspend",
    "REVOKE": "revoke",
}


def refusal(problem: str) -> CannotSign:
    """Return what to raise for a case."""
    told = PROBLEMS[problem]
    return CannotSign(told.words, problem=problem, can_retry=told.can_retry, stops=told.stops)


def words_of(problem: str) -> "str | Promise":
    """Return the sentence of a case; an empty one for none."""
    return PROBLEMS[problem].words if problem in PROBLEMS else ""
