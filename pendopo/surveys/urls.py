from django.urls import path

from pendopo.surveys import views

app_name = "surveys"
urlpatterns = [path("t/<str:key>/rating/", views.rating, name="rating")]
