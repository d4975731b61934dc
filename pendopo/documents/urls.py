from django.urls import path

from pendopo.documents.views import files, given, held, quarantine, signing, uploads, verification

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
    path("documents/", held.documents, name="held"),
    path("documents/<str:own_document>/content/", held.content, name="held_content"),
    path("files/", files.files, name="files"),
    path("files/uploads/", uploads.uploads, name="uploads"),
    path("files/uploads/<str:file>/", uploads.upload, name="upload"),
    path("files/<str:file>/", files.file, name="file"),
    path("files/<str:file>/content/", files.content, name="file_content"),
    path("files/<str:file>/removal/", files.removal, name="file_removal"),
    path("given/", given.given, name="given"),
    path("given/<str:file>/", given.given_file, name="given_file"),
    path("given/<str:file>/proof/", given.proof, name="proof"),
    path("quarantine/", quarantine.quarantine, name="quarantine"),
    path("quarantine/<str:file>/release/", quarantine.release, name="quarantine_release"),
    path("quarantine/<str:file>/removal/", quarantine.removal, name="quarantine_removal"),
]
