import datetime
from pathlib import Path

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable, SqlFunctions

WATCH = """
CREATE CONSTRAINT TRIGGER agencies_no_circle AFTER INSERT OR UPDATE OF parent_id ON agencies_agency
FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION agencies_refuse_circle();
"""
REST = "DROP TRIGGER agencies_no_circle ON agencies_agency;"


class Migration(migrations.Migration):
    """Let outlets end and counters retire, keep which counters move, and refuse agencies above themselves."""

    dependencies = [
        ("agencies", "0010_apps"),
        ("tenancy", "0005_van_fleet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RelocationCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="counter",
            name="counter_number_once_a_zone",
        ),
        migrations.RemoveConstraint(
            model_name="membership",
            name="membership_ends_after_start",
        ),
        migrations.AddField(
            model_name="counter",
            name="retired_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="outlet",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="counter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at", None)),
                fields=("mall", "zone", "number"),
                name="counter_number_once_a_zone",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    (
                        "ends_on__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("starts_on"), "-", models.Value(datetime.timedelta(days=1))
                        ),
                    ),
                    _connector="OR",
                ),
                name="membership_ends_after_start",
            ),
        ),
        migrations.AddField(
            model_name="relocationcounter",
            name="counter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.counter"
            ),
        ),
        migrations.AddField(
            model_name="relocationcounter",
            name="mall",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"
            ),
        ),
        migrations.AddField(
            model_name="relocationcounter",
            name="relocation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="moving", to="agencies.relocation"
            ),
        ),
        migrations.AddField(
            model_name="relocationcounter",
            name="zone",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.zone"),
        ),
        migrations.AddConstraint(
            model_name="relocationcounter",
            constraint=models.UniqueConstraint(
                fields=("mall", "relocation", "counter"), name="relocation_counter_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="relocationcounter",
            constraint=models.UniqueConstraint(
                fields=("mall", "relocation", "zone", "number"), name="relocation_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="relocationcounter",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="relocation_numbered_from_1"
            ),
        ),
        ProtectMallTable("agencies_relocationcounter"),
        CompositeReference("agencies_relocationcounter", "relocation_id", "agencies_relocation"),
        CompositeReference("agencies_relocationcounter", "counter_id", "agencies_counter"),
        CompositeReference("agencies_relocationcounter", "zone_id", "tenancy_zone"),
        SqlFunctions(Path(__file__).parent / "sql_0011", ("agencies_refuse_circle",)),
        migrations.RunSQL(WATCH, REST),
    ]
