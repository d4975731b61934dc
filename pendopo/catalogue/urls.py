from django.urls import path

from pendopo.catalogue.views import charters, coverage, covering, offers, searching, standards

app_name = "catalogue"
urlpatterns = [
    path("", searching.search, name="search"),
    path("services/<str:code>/", offers.service, name="service"),
    path("services/<str:code>/leaflet/", charters.leaflet, name="leaflet"),
    path("services/<str:code>/leaflet.pdf", charters.leaflet_pdf, name="leaflet_pdf"),
    path("services/<str:code>/standard/", standards.standard, name="standard"),
    path("services/<str:code>/standard/publications/", standards.publication, name="standard_publication"),
    path("charters/<str:agency>/", charters.charter, name="charter"),
    path("charters/<str:agency>/charter.pdf", charters.charter_pdf, name="charter_pdf"),
    path("standards/", standards.standards, name="standards"),
    path("standards/table.csv", standards.sheet, {"kind": "csv"}, name="standards_csv"),
    path("standards/table.xlsx", standards.sheet, {"kind": "xlsx"}, name="standards_xlsx"),
    path("standards/<str:agency>/", standards.agency_standards, name="agency_standards"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/list.csv", coverage.sheet, {"kind": "csv"}, name="coverage_csv"),
    path("coverage/list.xlsx", coverage.sheet, {"kind": "xlsx"}, name="coverage_xlsx"),
    path("coverage/twice/", coverage.twice, name="coverage_twice"),
    path("coverage/twice/list.csv", coverage.twice_sheet, {"kind": "csv"}, name="coverage_twice_csv"),
    path("coverage/twice/list.xlsx", coverage.twice_sheet, {"kind": "xlsx"}, name="coverage_twice_xlsx"),
    path("coverage/of/<str:agency>/", coverage.agency, name="coverage_agency"),
    path("coverage/of/<str:agency>/list.csv", coverage.agency_sheet, {"kind": "csv"}, name="coverage_agency_csv"),
    path("coverage/of/<str:agency>/list.xlsx", coverage.agency_sheet, {"kind": "xlsx"}, name="coverage_agency_xlsx"),
    path("coverage/services/<str:code>/", covering.service, name="coverage_service"),
    path("coverage/services/<str:code>/office/", covering.office, name="coverage_office"),
    path("coverage/services/<str:code>/closing/", covering.closing, name="coverage_closing"),
]
