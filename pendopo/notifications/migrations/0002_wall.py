"""The wall around each table. Receipts never change; what came in is removed when its term is over."""

from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
        ("tenancy", "0002_wall"),
        ("people", "0002_wall"),
    ]

    operations = [
        ProtectMallTable("notifications_message"),
        ProtectMallTable("notifications_attempt"),
        ProtectMallTable("notifications_receipt"),
        ProtectMallTable("notifications_incoming"),
        ProtectMallTable("notifications_preference"),
        ProtectMallTable("notifications_breaker"),
        CompositeReference("notifications_message", "person_id", "people_person"),
        CompositeReference("notifications_attempt", "message_id", "notifications_message"),
        OnlyAdded("notifications_receipt"),
    ]
