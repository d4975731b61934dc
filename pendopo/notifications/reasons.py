"""Why a message was not taken, in words: the codes of our adapters are for programs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS = {
    "no channel": gettext_lazy("Penerima tidak punya nomor atau alamat di saluran yang aktif."),
    "no address": gettext_lazy("Nomor atau alamat penerima sudah tidak ada."),
    "expired": gettext_lazy("Tidak sempat dikirim sampai batas waktunya."),
    "broken off": gettext_lazy("Pengiriman terputus di tengah jalan; mungkin sudah sampai."),
    "not set up": gettext_lazy("Saluran ini belum disiapkan."),
    "ReadTimeout": gettext_lazy("Penyedia tidak menjawab; mungkin sudah sampai."),
    "ConnectError": gettext_lazy("Penyedia tidak terjangkau."),
    "ConnectTimeout": gettext_lazy("Penyedia tidak terjangkau."),
    "ConnectionRefusedError": gettext_lazy("Penyedia tidak terjangkau."),
    "whatsapp 131026": gettext_lazy("Nomor ini tidak dapat menerima WhatsApp."),
    "whatsapp 131047": gettext_lazy("Lebih dari 24 jam sejak pesan terakhir penerima: perlu templat."),
    "whatsapp 130429": gettext_lazy("Batas kecepatan WhatsApp tercapai."),
    "whatsapp 190": gettext_lazy("Token WhatsApp tidak berlaku lagi. Perbarui di PENDOPO_CHANNELS."),
    "smtp 550": gettext_lazy("Alamat surel ini tidak ada."),
}


def in_words(reason: str) -> str:
    """Return a sentence for a code, with the code behind it; only the code where it is a rare one."""
    if not reason:
        return ""
    if reason in WORDS:
        return f"{WORDS[reason]} ({reason})"
    return _("Jawaban penyedia: %(reason)s.") % {"reason": reason}
