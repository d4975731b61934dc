import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_wall"),
        ("people", "0003_contacts"),
        ("people", "__first__"),
        ("tenancy", "0007_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=26)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("ktp", "KTP-el"),
                            ("kk", "Kartu Keluarga"),
                            ("birth", "Akta kelahiran"),
                            ("marriage", "Buku nikah atau akta perkawinan"),
                            ("death", "Surat keterangan kematian"),
                            ("photo", "Pas foto"),
                            ("npwp", "NPWP"),
                            ("nib", "NIB"),
                            ("land", "Bukti hak atas tanah"),
                            ("diploma", "Ijazah"),
                            ("power", "Surat kuasa"),
                            ("statement", "Surat pernyataan"),
                            ("other", "Lainnya"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name_sealed", models.BinaryField(blank=True, default=b"")),
                ("request_id", models.UUIDField(null=True)),
                ("length", models.PositiveIntegerField()),
                ("offset", models.PositiveIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[("jpg", "JPEG"), ("png", "PNG"), ("webp", "WebP"), ("pdf", "PDF")],
                        max_length=4,
                    ),
                ),
                ("size", models.PositiveIntegerField(null=True)),
                ("pages", models.PositiveSmallIntegerField(null=True)),
                ("digest", models.BinaryField(max_length=32, null=True)),
                ("raw_path", models.CharField(blank=True, max_length=120)),
                ("raw_key", models.BinaryField(blank=True, default=b"")),
                ("kept_path", models.CharField(blank=True, max_length=120)),
                ("kept_key", models.BinaryField(blank=True, default=b"")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("arriving", "Sedang diunggah"),
                            ("waiting", "Menunggu pemeriksaan"),
                            ("clean", "Siap dipakai"),
                            ("refused", "Ditolak"),
                            ("quarantined", "Dikarantina"),
                            ("removed", "Dihapus"),
                        ],
                        default="arriving",
                        max_length=11,
                    ),
                ),
                ("state_at", models.DateTimeField()),
                ("given_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("empty", "Berkas ini kosong."),
                            ("large", "Berkas lebih besar dari 10 MB."),
                            (
                                "type",
                                "Isi berkas ini bukan PDF, JPEG, PNG, atau WebP. Nama berkas tidak menentukan: isinya yang dilihat.",
                            ),
                            (
                                "heic",
                                "Foto HEIC belum dapat dibaca. Simpan sebagai JPEG; di iPhone: Pengaturan, Kamera, Format, Paling Kompatibel.",
                            ),
                            ("svg", "Gambar SVG dapat memuat program dan tidak diterima. Simpan sebagai PNG atau PDF."),
                            (
                                "mixed",
                                "Berkas ini memuat lebih dari satu jenis isi sekaligus. Simpan ulang sebagai PDF atau JPEG biasa.",
                            ),
                            ("broken", "Berkas ini rusak atau terpotong. Buat lagi, lalu unggah kembali."),
                            (
                                "heavy",
                                "Isi berkas ini mengembang terlalu besar saat dibuka. Simpan ulang dengan ukuran yang wajar.",
                            ),
                            ("password", "PDF ini terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah kembali."),
                            ("script", "PDF ini memuat program (skrip). Cetak ke PDF baru, lalu unggah hasilnya."),
                            (
                                "launch",
                                "PDF ini dapat menjalankan program lain. Cetak ke PDF baru, lalu unggah hasilnya.",
                            ),
                            (
                                "embedded",
                                "PDF ini membawa berkas lain di dalamnya. Unggah setiap berkas sendiri-sendiri.",
                            ),
                            ("pages", "PDF ini lebih dari 200 halaman. Bagi menjadi beberapa berkas."),
                        ],
                        max_length=10,
                    ),
                ),
                ("finding", models.CharField(blank=True, max_length=120)),
                ("scanner", models.CharField(blank=True, max_length=80)),
                ("scanned_at", models.DateTimeField(null=True)),
                ("is_released", models.BooleanField(default=False)),
                ("proven_at", models.DateTimeField(null=True)),
                (
                    "proof",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("original", "Asli diperlihatkan di loket"),
                            ("register", "Cocok dengan data instansi penerbit"),
                            ("issued", "Diterbitkan oleh MPP ini"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"
                    ),
                ),
                (
                    "proven_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["mall", "account", "-id"], name="stored_file_of_account"),
                    models.Index(fields=["mall", "party", "purpose"], name="stored_file_of_party"),
                    models.Index(
                        condition=models.Q(("state__in", ["arriving", "waiting", "quarantined"])),
                        fields=["mall", "id"],
                        name="stored_file_unsettled",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "code"), name="stored_file_code_once"),
                    models.UniqueConstraint(fields=("mall", "request_id"), name="stored_file_wish_once"),
                    models.CheckConstraint(
                        condition=models.Q(("account__isnull", False), ("party__isnull", False), _connector="OR"),
                        name="stored_file_is_somebodys",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("length__gte", 1), ("length__lte", 10485760), ("offset__lte", models.F("length"))
                        ),
                        name="stored_file_length",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), _negated=True),
                            models.Q(("offset", models.F("length")), models.Q(("raw_path", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="stored_file_waits_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "clean"), _negated=True),
                            models.Q(
                                models.Q(("kept_path", ""), _negated=True),
                                ("digest__isnull", False),
                                ("scanned_at__isnull", False),
                                ("size__gte", 1),
                                models.Q(("kind", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stored_file_clean_was_scanned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("refusal", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="stored_file_refused_because",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "quarantined"), _negated=True),
                            models.Q(("finding", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="stored_file_quarantined_because",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proof", ""), ("proven_at", None), ("proven_by", None)),
                            models.Q(
                                ("proven_at__isnull", False),
                                ("proven_by__isnull", False),
                                ("state__in", ["clean", "removed"]),
                                models.Q(("proof", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="stored_file_proven_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "removed"), _negated=True),
                            models.Q(
                                ("digest", None),
                                ("kept_key", b""),
                                ("kept_path", ""),
                                ("name_sealed", b""),
                                ("raw_key", b""),
                                ("raw_path", ""),
                            ),
                            _connector="OR",
                        ),
                        name="stored_file_removed_is_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "arriving"), ("expires_at__isnull", True), _connector="XOR"),
                        name="stored_file_arriving_expires",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=120)),
                ("key", models.BinaryField()),
                ("wide", models.PositiveSmallIntegerField()),
                ("high", models.PositiveSmallIntegerField()),
                ("size", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("mall", "file"), name="one_preview_a_file")],
            },
        ),
    ]
