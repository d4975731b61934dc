from django.urls import path

from pendopo.notifications.views import hooks, inbox, steering

app_name = "notifications"
urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/reading/", inbox.reading, name="reading"),
    path("inbox/settings/", inbox.settings, name="settings"),
    path("messages/", steering.messages, name="messages"),
    path("messages/trial/", steering.trial, name="trial"),
    path("messages/<int:message>/again/", steering.again, name="again"),
    path("hooks/whatsapp/", hooks.whatsapp, name="whatsapp_hook"),
    path("hooks/sms/", hooks.sms, name="sms_hook"),
]
