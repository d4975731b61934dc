"""A document's holder is of the same mall; whose it is never changes."""

from django.db import migrations

from pendopo.tenancy.operations import CompositeReference


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_holders"), ("people", "0002_wall")]

    operations = [
        CompositeReference("documents_issueddocument", "holder_id", "people_person"),
        CompositeReference("documents_waitingpaper", "holder_id", "people_person"),
    ]
