from django.urls import path

from pendopo.demo import views

app_name = "demo"
urlpatterns = [path("tur/", views.tour, name="tour")]
