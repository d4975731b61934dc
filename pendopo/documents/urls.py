from django.urls import path

from pendopo.documents.views import verification

app_name = "documents"
urlpatterns = [
    path("v/", verification.check, name="check"),
    path("v/<str:document>/", verification.issued, name="document"),
    path("v/<str:document>/document.json", verification.described, name="document_json"),
    path("v/<str:document>/document.pdf", verification.file, name="document_pdf"),
    path("v/<str:document>/revocation/", verification.revocation, name="revocation"),
]
