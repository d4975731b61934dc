import django.db.models.deletion
from django.db import migrations, models

from pendopo.tenancy.operations import LoneMallTable


class Migration(migrations.Migration):
    """Let an entry cost less to add: nothing points to it, and its mall is checked by the wall."""

    dependencies = [
        ("audit", "0002_wall"),
        ("tenancy", "0002_wall"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="mall",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.mall",
            ),
        ),
        LoneMallTable("audit_entry"),
    ]
