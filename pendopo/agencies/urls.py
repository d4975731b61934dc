from django.urls import path

from pendopo.agencies.views import (
    agreements,
    apps,
    capacity,
    duty,
    hotlines,
    joining,
    opening_day,
    preparing,
    presence,
    settings,
    signing,
)

app_name = "agencies"
JOINING = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/matrix.csv", agreements.sheet, {"kind": "csv"}, name="agreements_csv"),
    path("agreements/matrix.xlsx", agreements.sheet, {"kind": "xlsx"}, name="agreements_xlsx"),
    path("agreements/new/", agreements.new, name="agreement_new"),
    path("agreements/signing/", signing.signing, name="signing"),
    path("agreements/<int:agreement>/", agreements.agreement, name="agreement"),
    path("agreements/<int:agreement>/standing/", agreements.standing, name="agreement_standing"),
    path("agreements/<int:agreement>/file/", agreements.file, name="agreement_file"),
    path("agreements/<int:agreement>/renewal/", agreements.renewal, name="agreement_renewal"),
    path("agreements/<int:agreement>/ending/", agreements.ending, name="agreement_ending"),
    path("prospects/", joining.prospects, name="prospects"),
    path("prospects/state/", joining.move, name="prospect_state"),
    path("prospects/list.csv", joining.sheet, {"kind": "csv"}, name="prospects_csv"),
    path("prospects/list.xlsx", joining.sheet, {"kind": "xlsx"}, name="prospects_xlsx"),
    path("preparation/", preparing.preparations, name="preparations"),
    path("preparation/list.csv", preparing.sheet, {"kind": "csv"}, name="preparations_csv"),
    path("preparation/list.xlsx", preparing.sheet, {"kind": "xlsx"}, name="preparations_xlsx"),
    path("preparation/new/", preparing.begin, name="preparation_new"),
    path("preparation/of/<str:agency>/", preparing.preparation, name="preparation"),
    path("preparation/of/<str:agency>/items/", preparing.item, name="preparation_item"),
    path("opening-day/", opening_day.opening_day, name="opening_day"),
    path("opening-day/list.csv", opening_day.sheet, {"kind": "csv"}, name="opening_day_csv"),
    path("opening-day/list.xlsx", opening_day.sheet, {"kind": "xlsx"}, name="opening_day_xlsx"),
    path("milestones/", opening_day.milestones, name="milestones"),
    path("milestones/<int:milestone>/", opening_day.milestone, name="milestone"),
    path("milestones/<int:milestone>/completion/", opening_day.completion, name="milestone_completion"),
    path("capacity/", capacity.capacity, name="capacity"),
    path("capacity/<int:site>/", capacity.site, name="site_capacity"),
    path("relocations/<int:relocation>/completion/", capacity.moved, name="relocation_completion"),
    path("hotlines/", hotlines.hotlines, name="hotlines"),
    path("hotlines/list.csv", hotlines.sheet, {"kind": "csv"}, name="hotlines_csv"),
    path("hotlines/list.xlsx", hotlines.sheet, {"kind": "xlsx"}, name="hotlines_xlsx"),
    path("hotlines/of/<str:agency>/", hotlines.number, name="hotline"),
    path("hotlines/of/<str:agency>/test/", hotlines.trial, name="hotline_test"),
]

DUTY = [
    path("presence/", presence.mine, name="presence"),
    path("presence/screen/", presence.screen, name="presence_screen"),
    path("attendance/", presence.attendance, name="attendance"),
    path("attendance/shift/", presence.shift, name="shift"),
    path("attendance/absence/", presence.absence, name="absence"),
    path("attendance/witness/", presence.witness, name="witness"),
    path("attendance/month/", presence.month, name="attendance_month"),
    path("attendance/month.csv", presence.month_sheet, {"kind": "csv"}, name="attendance_csv"),
    path("attendance/month.xlsx", presence.month_sheet, {"kind": "xlsx"}, name="attendance_xlsx"),
    path("roster/", duty.roster, name="roster"),
    path("roster/ending/", duty.ending, name="roster_ending"),
    path("roster/employment/", duty.employment, name="employment"),
]

APPS = [
    path("apps/", apps.apps, name="apps"),
    path("apps/list.csv", apps.sheet, {"kind": "csv"}, name="apps_csv"),
    path("apps/list.xlsx", apps.sheet, {"kind": "xlsx"}, name="apps_xlsx"),
    path("apps/new/", apps.new, name="app_new"),
    path("apps/<int:app>/", apps.app, name="app"),
    path("apps/<int:app>/retirement/", apps.retirement, name="app_retirement"),
    path("apps/<int:app>/overlaps/", apps.overlap, name="app_overlap"),
]

SETTINGS = [
    path("settings/", settings.settings, name="settings"),
]

urlpatterns = [*JOINING, *DUTY, *APPS, *SETTINGS]
