from django.urls import path

from pendopo.documents.views import signing, verification

app_name = "documents"
urlpatterns = [
    path("v/", verification.check, name="check"),
    path("v/key.json", verification.key, name="key"),
    path("v/<str:document>/", verification.issued, name="document"),
    path("v/<str:document>/document.json", verification.described, name="document_json"),
    path("v/<str:document>/document.pdf", verification.file, name="document_pdf"),
    path("v/<str:document>/revocation/", verification.revocation, name="revocation"),
    path("v/<str:document>/correction/", verification.correction, name="correction"),
    path("signing/", signing.desk, name="signing"),
    path("signing/certificate/", signing.certificate, name="certificate"),
    path("signing/batches/<int:batch>/", signing.batch, name="batch"),
    path("signing/batches/<int:batch>/continuation/", signing.continuation, name="continuation"),
    path("signing/papers/<int:waiting>/withdrawal/", signing.withdrawal, name="withdrawal"),
]
