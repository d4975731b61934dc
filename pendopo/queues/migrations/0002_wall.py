from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable, PublishMallTable


class Migration(migrations.Migration):
    """Build the wall between malls."""

    dependencies = [
        ("queues", "0001_initial"),
        ("tenancy", "0002_wall"),
        ("people", "0002_wall"),
        ("agencies", "0002_wall"),
        ("catalogue", "0002_wall"),
    ]

    operations = [
        ProtectMallTable("queues_queue"),
        ProtectMallTable("queues_queueservice"),
        ProtectMallTable("queues_counterqueue"),
        ProtectMallTable("queues_countersession"),
        ProtectMallTable("queues_visit"),
        ProtectMallTable("queues_series"),
        ProtectMallTable("queues_ticket"),
        ProtectMallTable("queues_period"),
        PublishMallTable("queues_event"),
        CompositeReference("queues_queue", "site_id", "tenancy_site"),
        CompositeReference("queues_queue", "zone_id", "tenancy_zone"),
        CompositeReference("queues_queueservice", "queue_id", "queues_queue"),
        CompositeReference("queues_queueservice", "site_id", "tenancy_site"),
        CompositeReference("queues_queueservice", "service_id", "catalogue_service"),
        CompositeReference("queues_counterqueue", "counter_id", "agencies_counter"),
        CompositeReference("queues_counterqueue", "queue_id", "queues_queue"),
        CompositeReference("queues_countersession", "counter_id", "agencies_counter"),
        CompositeReference("queues_visit", "site_id", "tenancy_site"),
        CompositeReference("queues_visit", "person_id", "people_person"),
        CompositeReference("queues_visit", "device_id", "tenancy_device"),
        CompositeReference("queues_series", "queue_id", "queues_queue"),
        CompositeReference("queues_ticket", "visit_id", "queues_visit"),
        CompositeReference("queues_ticket", "queue_id", "queues_queue"),
        CompositeReference("queues_ticket", "variant_id", "catalogue_variant"),
        CompositeReference("queues_ticket", "counter_id", "agencies_counter"),
        CompositeReference("queues_period", "ticket_id", "queues_ticket"),
        CompositeReference("queues_period", "counter_id", "agencies_counter"),
        OnlyAdded("queues_event"),
        OnlyAdded("queues_period", except_columns=("ended_at",)),
    ]
