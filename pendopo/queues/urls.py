from django.urls import path

from pendopo.queues.views import console, hall, kiosk, recordings, screens, tickets, transfers, voice

app_name = "queues"
urlpatterns = [
    path("tickets/", tickets.take, name="take"),
    path("t/<str:key>/", tickets.ticket, name="ticket"),
    path("t/<str:key>/cancellation/", tickets.cancellation, name="cancellation"),
    path("kiosk/", kiosk.agencies, name="kiosk"),
    path("kiosk/tickets/", kiosk.take, name="kiosk_take"),
    path("kiosk/scans/", kiosk.scan, name="kiosk_scan"),
    path("kiosk/t/<str:key>/", kiosk.ticket, name="kiosk_ticket"),
    path("kiosk/t/<str:key>/slips/", kiosk.slips, name="kiosk_slips"),
    path("kiosk/<str:agency>/", kiosk.services, name="kiosk_services"),
    path("kiosk/<str:agency>/<str:code>/", kiosk.needs, name="kiosk_needs"),
    path("board/", screens.board, name="board"),
    path("voice/<str:language>/<str:token>/", voice.clip, name="clip"),
    path("speech/", voice.speech, name="speech"),
    path("recordings/", recordings.recordings, name="recordings"),
    path("recordings/removal/", recordings.removal, name="removal"),
    path("recordings/speaker/", recordings.speaker, name="speaker"),
    path("device/", screens.device, name="device"),
    path("device/heartbeat/", screens.heartbeat, name="heartbeat"),
    path("counters/", console.counters, name="counters"),
    path("counters/<int:counter>/", console.console, name="console"),
    path("counters/<int:counter>/session/", console.session, name="session"),
    path("counters/<int:counter>/calls/", console.call, name="call"),
    path("counters/<int:counter>/recall/", console.recall, name="recall"),
    path("counters/<int:counter>/service/", console.service, name="service"),
    path("counters/<int:counter>/absence/", console.absence, name="absence"),
    path("counters/<int:counter>/completion/", console.completion, name="completion"),
    path("counters/<int:counter>/take-over/", console.take_over, name="take_over"),
    path("counters/<int:counter>/transfer/", transfers.transfer, name="transfer"),
    path("counters/<int:counter>/parking/", console.parking_aside, name="parking"),
    path("counters/<int:counter>/parked/<int:ticket>/", console.parked, name="parked"),
    path("hall/", hall.hall, name="hall"),
]
