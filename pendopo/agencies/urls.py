from django.urls import path

from pendopo.agencies.views import agreements, signing

app_name = "agencies"
urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/matrix.csv", agreements.sheet, {"kind": "csv"}, name="agreements_csv"),
    path("agreements/matrix.xlsx", agreements.sheet, {"kind": "xlsx"}, name="agreements_xlsx"),
    path("agreements/new/", agreements.new, name="agreement_new"),
    path("agreements/signing/", signing.signing, name="signing"),
    path("agreements/<int:agreement>/", agreements.agreement, name="agreement"),
    path("agreements/<int:agreement>/standing/", agreements.standing, name="agreement_standing"),
    path("agreements/<int:agreement>/file/", agreements.file, name="agreement_file"),
    path("agreements/<int:agreement>/renewal/", agreements.renewal, name="agreement_renewal"),
    path("agreements/<int:agreement>/ending/", agreements.ending, name="agreement_ending"),
]
