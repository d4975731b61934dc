from django.urls import path

from pendopo.indicators.views import indicators, tables

app_name = "indicators"
ONE = "indicators/of/<slug:indicator>/"
urlpatterns = [
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/table.csv", tables.every, {"kind": "csv"}, name="table_csv"),
    path("indicators/table.xlsx", tables.every, {"kind": "xlsx"}, name="table_xlsx"),
    path("indicators/new/", indicators.new, name="new"),
    path(ONE, indicators.indicator, name="indicator"),
    path(f"{ONE}figures/", indicators.note_figure, name="figure"),
    path(f"{ONE}correction/", indicators.correction, name="correction"),
    path(f"{ONE}targets/", indicators.target, name="target"),
    path(f"{ONE}services/", indicators.services, name="services"),
    path(f"{ONE}tickets/", indicators.tickets, name="tickets"),
    path(f"{ONE}tickets.csv", tables.tickets, {"kind": "csv"}, name="tickets_csv"),
    path(f"{ONE}tickets.xlsx", tables.tickets, {"kind": "xlsx"}, name="tickets_xlsx"),
    path(f"{ONE}years.csv", tables.years, {"kind": "csv"}, name="years_csv"),
    path(f"{ONE}years.xlsx", tables.years, {"kind": "xlsx"}, name="years_xlsx"),
    path(f"{ONE}figures.csv", tables.figures, {"kind": "csv"}, name="figures_csv"),
    path(f"{ONE}figures.xlsx", tables.figures, {"kind": "xlsx"}, name="figures_xlsx"),
    path(f"{ONE}months.csv", tables.months, {"kind": "csv"}, name="months_csv"),
    path(f"{ONE}months.xlsx", tables.months, {"kind": "xlsx"}, name="months_xlsx"),
]
