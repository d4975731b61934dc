from django.urls import path

from pendopo.performance.views import days, heads, letters, satisfaction

app_name = "performance"
urlpatterns = [
    path("head/", heads.head, name="head"),
    path("head/days/", days.days, name="days"),
    path("head/days/table.csv", days.table, {"kind": "csv"}, name="days_csv"),
    path("head/days/table.xlsx", days.table, {"kind": "xlsx"}, name="days_xlsx"),
    path("head/satisfaction/", satisfaction.satisfaction, name="satisfaction"),
    path("head/satisfaction/table.csv", satisfaction.table, {"kind": "csv"}, name="satisfaction_csv"),
    path("head/satisfaction/table.xlsx", satisfaction.table, {"kind": "xlsx"}, name="satisfaction_xlsx"),
    path("head/letters/", letters.letters, name="letters"),
    path("head/letters/letter.pdf", letters.letter, name="letter"),
]
