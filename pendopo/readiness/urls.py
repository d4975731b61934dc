from django.urls import path

from pendopo.readiness.views import criteria, gates, plan, ready

app_name = "readiness"
urlpatterns = [
    path("readiness/", ready.ready, name="ready"),
    path("readiness/table.csv", ready.table, {"kind": "csv"}, name="table_csv"),
    path("readiness/table.xlsx", ready.table, {"kind": "xlsx"}, name="table_xlsx"),
    path("readiness/report.pdf", ready.report, name="report_pdf"),
    path("readiness/versions/", gates.versions, name="versions"),
    path("readiness/charges/", gates.charge, name="charge"),
    path("readiness/gates/<slug:gate>/", gates.gate, name="gate"),
    path("readiness/gates/<slug:gate>/correction/", gates.correction, name="correction"),
    path("readiness/gates/<slug:gate>/values.csv", gates.values, {"kind": "csv"}, name="values_csv"),
    path("readiness/gates/<slug:gate>/values.xlsx", gates.values, {"kind": "xlsx"}, name="values_xlsx"),
    path("readiness/criteria/<slug:criterion>/", criteria.criterion, name="criterion"),
    path("readiness/criteria/<slug:criterion>/evidence.csv", criteria.table, {"kind": "csv"}, name="evidence_csv"),
    path("readiness/criteria/<slug:criterion>/evidence.xlsx", criteria.table, {"kind": "xlsx"}, name="evidence_xlsx"),
    path("readiness/evidence/<int:evidence>/file/", criteria.file, name="evidence_file"),
    path("readiness/evidence/<int:evidence>/withdrawal/", criteria.withdrawal, name="evidence_withdrawal"),
    path("readiness/ratings/", criteria.ratings, name="ratings"),
    path("readiness/ratings/table.csv", criteria.ratings_table, {"kind": "csv"}, name="ratings_csv"),
    path("readiness/ratings/table.xlsx", criteria.ratings_table, {"kind": "xlsx"}, name="ratings_xlsx"),
    path("readiness/plan/", plan.plan, name="plan"),
    path("readiness/plan/table.csv", plan.plan_table, {"kind": "csv"}, name="plan_csv"),
    path("readiness/plan/table.xlsx", plan.plan_table, {"kind": "xlsx"}, name="plan_xlsx"),
    path("readiness/plan/<int:step>/", plan.step, name="step"),
    path("readiness/plan/<int:step>/completion/", plan.completion, name="step_completion"),
    path("readiness/assessments/", plan.assessments, name="assessments"),
    path("readiness/assessments/table.csv", plan.assessments_table, {"kind": "csv"}, name="assessments_csv"),
    path("readiness/assessments/table.xlsx", plan.assessments_table, {"kind": "xlsx"}, name="assessments_xlsx"),
    path("readiness/assessments/<int:assessment>/", plan.assessment, name="assessment"),
    path(
        "readiness/assessments/<int:assessment>/table.csv",
        plan.assessment_table,
        {"kind": "csv"},
        name="assessment_csv",
    ),
    path(
        "readiness/assessments/<int:assessment>/table.xlsx",
        plan.assessment_table,
        {"kind": "xlsx"},
        name="assessment_xlsx",
    ),
]
