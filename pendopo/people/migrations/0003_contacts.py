import django.db.models.deletion
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable


class Migration(migrations.Migration):
    """Seal names, and let persons be reached."""

    dependencies = [
        ("people", "0002_wall"),
        ("tenancy", "0007_keys"),
    ]

    operations = [
        # The column keeps its name: older code reads and writes it.
        migrations.AlterField("person", "name", models.CharField(db_column="name", max_length=120)),
        migrations.RenameField("person", "name", "plain_name"),
        migrations.AlterField(
            "person",
            "plain_name",
            models.CharField(blank=True, db_column="name", db_default="", default="", max_length=120),
        ),
        migrations.AddField("person", "name_sealed", models.BinaryField(blank=True, db_default=b"", default=b"")),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("phone", "Telepon"), ("email", "Surel")], max_length=5)),
                ("value_sealed", models.BinaryField()),
                ("value_hash", models.BinaryField(max_length=32)),
                ("created_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "kind", "value_hash"], name="contact_by_hash")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("mall", "person", "kind", "value_hash"),
                        name="contact_once_a_person",
                    )
                ],
            },
        ),
        ProtectMallTable("people_contact"),
        CompositeReference("people_contact", "person_id", "people_person"),
    ]
