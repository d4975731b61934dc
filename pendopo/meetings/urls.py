from django.urls import path

from pendopo.meetings.views import acts, decisions, letters, meeting, meetings

app_name = "meetings"
MEETINGS = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/list.csv", meetings.sheet, {"kind": "csv"}, name="meetings_csv"),
    path("meetings/list.xlsx", meetings.sheet, {"kind": "xlsx"}, name="meetings_xlsx"),
    path("meetings/new/", meetings.new, name="meeting_new"),
    path("meetings/<int:meeting>/", meeting.meeting, name="meeting"),
    path("meetings/<int:meeting>/agenda.pdf", meeting.agenda, name="agenda_pdf"),
    path("meetings/<int:meeting>/minutes.pdf", meeting.minutes, name="minutes_pdf"),
    path("meetings/<int:meeting>/notice.pdf", letters.notice, name="notice_pdf"),
    path("meetings/<int:meeting>/papers/<slug:paper>/", meeting.paper, name="paper"),
    path("meetings/<int:meeting>/papers/<slug:paper>/list.csv", meeting.paper_sheet, {"form": "csv"}, name="paper_csv"),
    path(
        "meetings/<int:meeting>/papers/<slug:paper>/list.xlsx", meeting.paper_sheet, {"form": "xlsx"}, name="paper_xlsx"
    ),
    path("meetings/<int:meeting>/points/", acts.points, name="points"),
    path("meetings/<int:meeting>/points/<int:point>/removal/", acts.point_removal, name="point_removal"),
    path("meetings/<int:meeting>/points/<int:point>/minutes/", acts.point_minutes, name="point_minutes"),
    path("meetings/<int:meeting>/invitations/", acts.invitations, name="invitations"),
    path("meetings/<int:meeting>/attendance/", acts.attendance, name="attendance"),
    path("meetings/<int:meeting>/sending/", acts.sending, name="sending"),
    path("meetings/<int:meeting>/decisions/", acts.decisions, name="meeting_decisions"),
    path("meetings/<int:meeting>/postponement/", acts.postponement, name="postponement"),
    path("meetings/<int:meeting>/cancellation/", acts.cancellation, name="cancellation"),
    path("meetings/<int:meeting>/closing/", acts.closing, name="closing"),
]
DECISIONS = [
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/list.csv", decisions.sheet, {"kind": "csv"}, name="decisions_csv"),
    path("decisions/list.xlsx", decisions.sheet, {"kind": "xlsx"}, name="decisions_xlsx"),
    path("decisions/<int:decision>/", decisions.decision, name="decision"),
    path("decisions/<int:decision>/reports/", decisions.report, name="decision_report"),
    path("decisions/<int:decision>/reports/<int:report>/file/", decisions.file, name="decision_file"),
    path("decisions/<int:decision>/settlement/", decisions.settlement, name="decision_settlement"),
]
LETTERS = [
    path("letters/", letters.letters, name="letters"),
    path("letters/list.csv", letters.sheet, {"kind": "csv"}, name="letters_csv"),
    path("letters/list.xlsx", letters.sheet, {"kind": "xlsx"}, name="letters_xlsx"),
    path("letters/new/<slug:template>/", letters.new, name="letter_new"),
    path("letters/<int:letter>/", letters.letter, name="letter"),
]

urlpatterns = [*MEETINGS, *DECISIONS, *LETTERS]
