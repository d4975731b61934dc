from django.urls import path

from pendopo.applications.views import handing, handovers, moving, owners, pick_up

app_name = "applications"
ONE = "handovers/<int:handover>/"
urlpatterns = [
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/table.csv", handovers.sheet, {"kind": "csv"}, name="handovers_csv"),
    path("handovers/table.xlsx", handovers.sheet, {"kind": "xlsx"}, name="handovers_xlsx"),
    path("handovers/new/", moving.new, name="handover_new"),
    path(ONE, handovers.handover, name="handover"),
    path(f"{ONE}shelf/", moving.shelf, name="handover_shelf"),
    path(f"{ONE}fetching/", moving.fetching, name="handover_fetching"),
    path(f"{ONE}sending/", moving.sending, name="handover_sending"),
    path(f"{ONE}return/", moving.back, name="handover_return"),
    path(f"{ONE}handing/", handing.handing, name="handover_handing"),
    path("handovers/<int:handed>/signature.png", handing.signature, name="handover_signature"),
    path("pick-up/<slug:agency>/", pick_up.pick_up, name="pick_up"),
    path("h/<slug:product>/", owners.product, name="product"),
]
