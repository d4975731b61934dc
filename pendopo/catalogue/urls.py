from django.urls import path

from pendopo.catalogue.views import offers, searching

app_name = "catalogue"
urlpatterns = [
    path("", searching.search, name="search"),
    path("services/<str:code>/", offers.service, name="service"),
]
