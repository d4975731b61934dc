from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from pendopo.innovations.views import agencies, competing, iga, living, proposing, register, scoring

app_name = "innovations"


def tables(address: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """Give one table in both its kinds."""
    return [path(f"{address}table.{kind}", view, {"kind": kind}, name=f"{name}_{kind}") for kind in ("csv", "xlsx")]


REGISTER = [
    path("innovations/", register.innovations, name="innovations"),
    *tables("innovations/", register.table, "innovations"),
    path("innovations/new/", register.new, name="new"),
    path("innovations/public/", register.published, name="published"),
    path("innovations/novelty/", register.novelty, name="novelty"),
    path("innovations/agencies/", agencies.agencies, name="agencies"),
    *tables("innovations/agencies/", agencies.table, "agencies"),
    path("innovations/replications/", living.replications, name="replications"),
    *tables("innovations/replications/", living.replications_table, "replications"),
    path("innovations/<int:innovation>/", living.innovation, name="innovation"),
    path("innovations/<int:innovation>/change/", register.change, name="change"),
    path("innovations/<int:innovation>/usage/", living.usage, name="usage"),
    path("innovations/<int:innovation>/award/", living.award, name="award"),
    path("innovations/<int:innovation>/replication/", living.replication, name="replication"),
    path("innovations/<int:innovation>/ending/", living.ending, name="ending"),
    path("innovations/<int:innovation>/publication/", living.publication, name="publication"),
    path("innovations/<int:innovation>/proposal/", living.proposal, name="begin"),
]
COMPETITIONS = [
    path("innovations/competitions/", competing.competitions, name="competitions"),
    *tables("innovations/competitions/", competing.rounds_table, "competitions"),
    path("innovations/competitions/new/", competing.new, name="competition_new"),
    path("innovations/competitions/<int:competition>/", competing.competition, name="competition"),
    *tables("innovations/competitions/<int:competition>/", competing.table, "competition"),
    path("innovations/competitions/<int:competition>/jurors/", competing.jurors, name="jurors"),
    path("innovations/competitions/<int:competition>/dismissal/", competing.dismissal, name="dismissal"),
    path("innovations/proposals/<int:proposal>/", proposing.proposal, name="proposal"),
    path("innovations/proposals/<int:proposal>/withdrawal/", proposing.withdrawal, name="withdrawal"),
    path("innovations/proposals/<int:proposal>/scores/", scoring.scores, name="scores"),
    path("innovations/scoring/", scoring.rounds, name="scoring"),
]
IGA = [
    path("innovations/iga/", iga.index, name="iga"),
    *tables("innovations/iga/", iga.table, "iga"),
    path("innovations/iga/maxima/", iga.maxima, name="iga_maxima"),
    path("innovations/iga/scores/", iga.scores, name="iga_scores"),
]
urlpatterns = [*REGISTER, *COMPETITIONS, *IGA]
