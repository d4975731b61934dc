"""A page without HTTPS whose one purpose is to hand the LAN's authority to kiosks and TVs, before they can trust us."""

import hashlib
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

PAGE = """<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Pendopo: pasang sertifikat</title>
<h1>Pasang sertifikat gedung ini</h1>
<p>Kios, TV, dan PC loket perlu mempercayai server ini satu kali. Cocokkan sidik jari di bawah dengan yang tertulis di
layar server sebelum memasang.</p>
<p><a href="/pendopo.crt" download>Unduh sertifikat (pendopo.crt)</a></p>
<p>Sidik jari SHA-256:<br><code>{fingerprint}</code></p>
<ol>
<li>Android, TV: Setelan → Keamanan → Pasang sertifikat → Sertifikat CA.</li>
<li>Windows: buka berkas → Pasang Sertifikat → Mesin Lokal → Otoritas Sertifikasi Akar Tepercaya.</li>
<li>Linux dengan Chromium: Setelan → Privasi → Sertifikat → Otoritas → Impor.</li>
<li>iPhone: buka berkas → Setelan → Profil → Pasang, lalu aktifkan kepercayaan penuh di Tentang.</li>
</ol>
<p lang="en">English: install this certificate authority once on kiosks, TVs and counter PCs, after comparing its
fingerprint with the one shown on the server.</p>
<p><a href="https://{host}:{port}/">Lanjut ke Pendopo</a></p>
</html>"""


def fingerprint(certificate: Path) -> str:
    """Return the SHA-256 of a certificate as people compare it."""
    encoded = x509.load_pem_x509_certificate(certificate.read_bytes()).public_bytes(Encoding.DER)
    return hashlib.sha256(encoded).digest().hex(":").upper()


def serve(certificate: Path, *, host: str, port: int, secure_port: int) -> None:
    """Hand out the certificate until the process is ended."""
    server(certificate, host=host, port=port, secure_port=secure_port).serve_forever()


def server(certificate: Path, *, host: str, port: int, secure_port: int) -> ThreadingHTTPServer:
    """Build the server; it knows two addresses and keeps no log."""
    pem = certificate.read_bytes()
    print_of_it = fingerprint(certificate)

    class Handout(BaseHTTPRequestHandler):
        """Answers GET for the page and the certificate."""

        def do_GET(self) -> None:
            """Answer the certificate or the page."""
            if self.path == "/pendopo.crt":
                self._answer(pem, "application/x-x509-ca-cert")
                return
            called = self.headers.get("Host", "localhost").rpartition(":")[0] or "localhost"
            name = "".join(letter for letter in called if letter.isalnum() or letter in ".-[]:")
            page = PAGE.format(fingerprint=print_of_it, host=name, port=secure_port)
            self._answer(page.encode(), "text/html; charset=utf-8")

        def _answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", "default-src 'none'")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class named it
            """Keep no log: addresses of visitors are personal data."""

    return ThreadingHTTPServer((host, port), Handout)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), host=sys.argv[2], port=int(sys.argv[3]), secure_port=int(sys.argv[4]))
