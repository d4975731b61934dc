from django.urls import path

from pendopo.catalogue.views import searching, services

app_name = "catalogue"
urlpatterns = [
    path("", searching.search, name="search"),
    path("services/<str:code>/", services.service, name="service"),
]
