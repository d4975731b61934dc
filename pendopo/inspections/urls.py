from django.urls import path

from pendopo.inspections.views import beginning, filling, findings, following, inspections, photos, taking

app_name = "inspections"
ONE = "inspections/<int:inspection>/"
FINDING = "findings/<int:finding>/"
urlpatterns = [
    path("inspections/", inspections.inspections, name="inspections"),
    path("inspections/table.csv", inspections.sheet, {"kind": "csv"}, name="inspections_csv"),
    path("inspections/table.xlsx", inspections.sheet, {"kind": "xlsx"}, name="inspections_xlsx"),
    path("inspections/new/", beginning.new, name="inspection_new"),
    path("inspections/begun/", beginning.beginnings, name="beginnings"),
    path("inspections/sw.js", beginning.worker, name="worker"),
    path("inspections/photos/<int:photo>/", photos.photo, name="photo"),
    path(ONE, inspections.inspection, name="inspection"),
    path(f"{ONE}turn/", taking.turn, name="turn"),
    path(f"{ONE}report.pdf", inspections.report, name="report"),
    path(f"{ONE}signature/", photos.signature, name="signature"),
    path(f"{ONE}form/", filling.form, name="form"),
    path(f"{ONE}form/parts/", filling.parts, name="parts"),
    path("findings/", findings.findings, name="findings"),
    path("findings/table.csv", findings.sheet, {"kind": "csv"}, name="findings_csv"),
    path("findings/table.xlsx", findings.sheet, {"kind": "xlsx"}, name="findings_xlsx"),
    path(FINDING, findings.finding, name="finding"),
    path(f"{FINDING}reply/", following.reply, name="finding_reply"),
    path(f"{FINDING}closing/", following.closing, name="finding_closing"),
    path(f"{FINDING}reopening/", following.reopening, name="finding_reopening"),
    path(f"{FINDING}withdrawal/", following.withdrawal, name="finding_withdrawal"),
]
