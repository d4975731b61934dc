from django.urls import path

from pendopo.catalogue.views import charters, offers, searching, standards

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
    path("standards/table.csv", standards.commas, name="standards_csv"),
    path("standards/table.xlsx", standards.workbook, name="standards_xlsx"),
    path("standards/<str:agency>/", standards.agency_standards, name="agency_standards"),
]
