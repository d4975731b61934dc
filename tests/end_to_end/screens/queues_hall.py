from tests.end_to_end.screens.looks import BARE, FULL, MANAGER, SEND, WORD, Asks, Goes, Look, Never, Screen

SCREENS: dict[str, Screen] = {
    "queues:hall": Screen(
        Look(BARE + "hall/", "Belum ada loket."), Look(FULL + "hall/", WORD), Asks(FULL + "hall/"), MANAGER
    ),
    "queues:report": Screen(
        Look(BARE + "report/", "Tidak ada nomor antrean pada hari ini."),
        Look(FULL + "report/", WORD),
        Goes(FULL + "report/", "form[method=get] button"),
        MANAGER,
    ),
    "queues:report_tickets": Screen(
        Look(BARE + "report/tickets/?measure=wait", "Tidak ada"),
        Look(FULL + "report/tickets/?measure=wait", WORD),
        Goes(FULL + "report/tickets/?measure=wait", "main a.button"),
        MANAGER,
    ),
    "queues:closing": Screen(
        Look(BARE + "closing/", "Belum ada gerai di MPP ini."),
        Look(FULL + "closing/", WORD),
        Goes(FULL + "closing/", SEND),
        MANAGER,
    ),
    "queues:rules": Screen(
        Never("a mall always has rules: those of the beginning"),
        Look(FULL + "rules/", "Aturan"),
        Goes(FULL + "rules/", SEND),
        MANAGER,
    ),
    "queues:quotas": Screen(
        Look(BARE + "quotas/", "Belum ada kuota"),
        Look(FULL + "quotas/", WORD),
        Goes(FULL + "quotas/", SEND),
        MANAGER,
    ),
    "queues:days": Screen(
        Look(BARE + "days/", "Belum ada acara yang dijadwalkan."),
        Look(FULL + "days/", WORD),
        Goes(FULL + "days/", SEND),
        MANAGER,
    ),
    "queues:vacancies": Screen(
        Look(BARE + "vacancies/", "Tidak ada loket kosong pada bulan ini."),
        Look(FULL + "vacancies/", WORD),
        Asks(FULL + "vacancies/"),
        MANAGER,
    ),
    "queues:full_time": Screen(
        Look(BARE + "full-time/", "Belum ada yang dihitung pada bulan ini."),
        Look(FULL + "full-time/", WORD),
        Goes(FULL + "full-time/", "main a.button"),
        MANAGER,
    ),
    "queues:first_day": Screen(
        Look(BARE + "first-day/", "Tidak ada libur panjang"),
        Look(FULL + "first-day/", WORD),
        Goes(FULL + "first-day/", "main a"),
        MANAGER,
    ),
    "queues:site_ending": Screen(
        Never("it is about one site"),
        Look(FULL + "settings/sites/{site}/ending/", WORD),
        Goes(FULL + "settings/sites/{site}/ending/", "main a.button:visible"),
        MANAGER,
    ),
    "queues:zone_ending": Screen(
        Look(FULL + "settings/zones/{zone}/ending/", "Tidak ada loket, antrean, atau perangkat di zona ini."),
        Look(FULL + "settings/zones/{zone}/ending/", WORD),
        Goes(FULL + "settings/zones/{zone}/ending/", SEND),
        MANAGER,
    ),
    "queues:mall_day": Screen(
        Look(BARE + "settings/calendar/day/", "Lihat dahulu akibatnya"),
        Look(FULL + "settings/calendar/day/?day={own_day}", WORD),
        Goes(FULL + "settings/calendar/day/?day={own_day}", SEND),
        MANAGER,
    ),
    "queues:queue_list": Screen(
        Look(BARE + "settings/queues/", "Belum ada antrean di MPP ini."),
        Look(FULL + "settings/queues/", WORD),
        Goes(FULL + "settings/queues/", "main a.button:visible"),
        MANAGER,
    ),
    "queues:queue_new": Screen(
        Never("it is a form; every mall has a zone from its beginning"),
        Look(FULL + "settings/queues/new/", WORD),
        Goes(FULL + "settings/queues/new/", SEND),
        MANAGER,
    ),
    "queues:queue_settings": Screen(
        Never("it is about one queue"),
        Look(FULL + "settings/queues/{queue}/", WORD),
        Goes(FULL + "settings/queues/{queue}/", SEND),
        MANAGER,
    ),
    "queues:queue_services": Screen(
        Never("it is about one queue"),
        Look(FULL + "settings/queues/{queue}/services/", WORD),
        Goes(FULL + "settings/queues/{queue}/services/", SEND),
        MANAGER,
    ),
    "queues:queue_callers": Screen(
        Never("it is about one queue"),
        Look(FULL + "settings/queues/{queue}/counters/", WORD),
        Goes(FULL + "settings/queues/{queue}/counters/", SEND),
        MANAGER,
    ),
    "queues:queue_retirement": Screen(
        Never("it is about one queue"),
        Look(FULL + "settings/queues/{queue}/retirement/", "tidak dipakai lagi?"),
        Goes(FULL + "settings/queues/{queue}/retirement/", SEND),
        MANAGER,
    ),
    "queues:counter_queues": Screen(
        Never("it is about one counter"),
        Look(FULL + "settings/counters/{counter}/queues/", WORD),
        Goes(FULL + "settings/counters/{counter}/queues/", "main a.button:visible"),
        MANAGER,
    ),
    "queues:recordings": Screen(
        Look(BARE + "recordings/", "Belum ada yang bersuara"),
        Look(FULL + "recordings/", WORD),
        Goes(FULL + "recordings/", SEND),
        MANAGER,
    ),
    "queues:cases": Screen(
        Look(BARE + "cases/", "Tidak ada berkas di sini."),
        Look(FULL + "cases/", WORD),
        Goes(FULL + "cases/", "form[method=get] button"),
        MANAGER,
    ),
    "queues:case": Screen(
        Never("it is about one case"),
        Look(FULL + "cases/{case}/", WORD),
        Goes(FULL + "cases/{case}/", SEND),
        MANAGER,
    ),
}
