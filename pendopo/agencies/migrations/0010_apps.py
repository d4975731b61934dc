import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable


class Migration(migrations.Migration):
    """Keep the register of agencies' apps, and what of them is done twice."""

    dependencies = [
        ("agencies", "0009_duty_and_presence"),
        ("tenancy", "0005_van_fleet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="App",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("owner", models.CharField(max_length=160)),
                ("purpose", models.CharField(max_length=300)),
                ("users", models.PositiveIntegerField(null=True)),
                ("users_told_by", models.CharField(blank=True, max_length=120)),
                ("users_told_on", models.DateField(null=True)),
                ("link", models.CharField(blank=True, max_length=300)),
                (
                    "sign_in",
                    models.CharField(
                        choices=[("none", "Tanpa masuk"), ("own", "Akun sendiri"), ("single", "Masuk tunggal (SSO)")],
                        default="own",
                        max_length=6,
                    ),
                ),
                ("sign_in_with", models.CharField(blank=True, max_length=80)),
                ("shares_data_with", models.CharField(blank=True, max_length=300)),
                ("retire_by", models.DateField(null=True)),
                ("retired_on", models.DateField(null=True)),
                ("retired_because", models.CharField(blank=True, max_length=200)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="agencies.app",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AppOverlap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_overlap", models.BooleanField()),
                ("note", models.CharField(max_length=200)),
                ("told_at", models.DateTimeField()),
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
                    "first",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.app"),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "second",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.app"),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="app",
            index=models.Index(fields=["mall", "name"], name="app_by_name"),
        ),
        migrations.AddConstraint(
            model_name="app",
            constraint=models.UniqueConstraint(fields=("mall", "agency", "name"), name="app_name_once_an_agency"),
        ),
        migrations.AddConstraint(
            model_name="app",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("users__isnull", True), ("users_told_by", ""), ("users_told_on__isnull", True)),
                    models.Q(
                        ("users__isnull", False),
                        ("users_told_on__isnull", False),
                        models.Q(("users_told_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="app_users_told_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="app",
            constraint=models.CheckConstraint(
                condition=models.Q(("replaced_by", models.F("id")), _negated=True), name="app_replaced_by_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="app",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sign_in", "single"), models.Q(("sign_in_with", ""), _negated=True)),
                    models.Q(models.Q(("sign_in", "single"), _negated=True), ("sign_in_with", "")),
                    _connector="OR",
                ),
                name="app_single_sign_on_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="app",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("retired_because", ""), ("retired_on__isnull", True)),
                    models.Q(("retired_on__isnull", False), models.Q(("retired_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="app_retired_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="appoverlap",
            constraint=models.UniqueConstraint(fields=("mall", "first", "second"), name="app_overlap_once"),
        ),
        migrations.AddConstraint(
            model_name="appoverlap",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="app_overlap_ordered"
            ),
        ),
        migrations.AddConstraint(
            model_name="appoverlap",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True), name="app_overlap_with_words"
            ),
        ),
        ProtectMallTable("agencies_app"),
        ProtectMallTable("agencies_appoverlap"),
        CompositeReference("agencies_app", "agency_id", "agencies_agency"),
        CompositeReference("agencies_app", "replaced_by_id", "agencies_app"),
        CompositeReference("agencies_appoverlap", "first_id", "agencies_app"),
        CompositeReference("agencies_appoverlap", "second_id", "agencies_app"),
    ]
