from django.urls import path

from pendopo.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.search, name="search"),
    path("services/<str:code>/", views.service, name="service"),
]
