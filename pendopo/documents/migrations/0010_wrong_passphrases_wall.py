"""Wrong passphrases of a signer are counted; all else of one still only comes or ends."""

from django.db import migrations

from pendopo.tenancy.operations import OnlyAdded

BEFORE = ("key", "nik_sealed", "ended_at")


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_wrong_passphrases")]

    operations = [
        migrations.RunSQL(
            OnlyAdded("documents_personalsigner", except_columns=(*BEFORE, "wrong", "refused_until")).sql,
            reverse_sql=OnlyAdded("documents_personalsigner", except_columns=BEFORE).sql,
        )
    ]
