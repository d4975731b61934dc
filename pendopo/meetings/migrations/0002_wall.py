from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable


class Migration(migrations.Migration):
    """Put meetings behind the wall; papers, letters and reports are only ever added, a decision keeps its words."""

    dependencies = [("meetings", "0001_initial"), ("agencies", "0010_apps")]

    operations = [
        ProtectMallTable("meetings_meeting"),
        ProtectMallTable("meetings_agendapoint"),
        ProtectMallTable("meetings_paper"),
        ProtectMallTable("meetings_invitation"),
        ProtectMallTable("meetings_decision"),
        ProtectMallTable("meetings_decisionreport"),
        ProtectMallTable("meetings_letter"),
        CompositeReference("meetings_agendapoint", "meeting_id", "meetings_meeting"),
        CompositeReference("meetings_paper", "meeting_id", "meetings_meeting"),
        CompositeReference("meetings_invitation", "meeting_id", "meetings_meeting"),
        CompositeReference("meetings_invitation", "agency_id", "agencies_agency"),
        CompositeReference("meetings_decision", "meeting_id", "meetings_meeting"),
        CompositeReference("meetings_decision", "point_id", "meetings_agendapoint"),
        CompositeReference("meetings_decision", "agency_id", "agencies_agency"),
        CompositeReference("meetings_decisionreport", "decision_id", "meetings_decision"),
        OnlyAdded("meetings_paper"),
        OnlyAdded("meetings_letter"),
        OnlyAdded("meetings_decisionreport"),
        OnlyAdded("meetings_decision", except_columns=("state", "settled_on", "because")),
    ]
