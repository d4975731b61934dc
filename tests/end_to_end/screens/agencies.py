from tests.end_to_end.screens.looks import (
    BARE,
    FULL,
    IDLE,
    MANAGER,
    OFFICER,
    SEND,
    WORD,
    Asks,
    Goes,
    Look,
    Never,
    Screen,
)

SCREENS: dict[str, Screen] = {
    "agencies:presence": Screen(
        Look(IDLE + "presence/", "Tidak ada jadwal piket untuk Anda hari ini."),
        Look(FULL + "presence/", WORD),
        Goes(FULL + "presence/", SEND),
        OFFICER,
    ),
    "agencies:presence_screen": Screen(
        Look(BARE + "presence/screen/", "hanya tampil di perangkat MPP"),
        Never("it shows one code, or how a browser becomes a device"),
        Goes(FULL + "presence/screen/", "main a.button"),
    ),
    "agencies:attendance": Screen(
        Look(BARE + "attendance/", "Tidak ada jadwal piket pada hari ini."),
        Look(FULL + "attendance/", WORD),
        Asks(FULL + "attendance/"),
        MANAGER,
    ),
    "agencies:shift": Screen(
        Never("it is about one shift; without it nobody has the address"),
        Look(FULL + "attendance/shift/?{shift}", WORD),
        Goes(FULL + "attendance/shift/?{shift}", SEND),
        MANAGER,
    ),
    "agencies:attendance_month": Screen(
        Look(BARE + "attendance/month/", "Belum ada hari tugas pada bulan ini."),
        Never(
            "a day counts once its shift is over or its person has come; the record of a day is the list of its people"
        ),
        Goes(FULL + "attendance/month/", "main a.button"),
        MANAGER,
    ),
    "agencies:roster": Screen(
        Look(BARE + "roster/", "Belum ada loket."),
        Look(FULL + "roster/", WORD),
        Goes(FULL + "roster/", "main form[action$='/roster/'] button"),
        MANAGER,
    ),
    "agencies:relocation_counters": Screen(
        Never("it is about one move"),
        Look(FULL + "relocations/{relocation}/counters/", WORD),
        Goes(FULL + "relocations/{relocation}/counters/", SEND),
        MANAGER,
    ),
    "agencies:agreements": Screen(
        Look(BARE + "agreements/", "Tidak ada instansi di sini."),
        Look(FULL + "agreements/", WORD),
        Goes(FULL + "agreements/", "form[method=get] button"),
        MANAGER,
    ),
    "agencies:agreement_new": Screen(
        Never("it is a form"), Look(FULL + "agreements/new/", WORD), Goes(FULL + "agreements/new/", SEND), MANAGER
    ),
    "agencies:signing": Screen(
        Look(BARE + "agreements/signing/", "Tidak ada yang menunggu tanda tangan."),
        Look(FULL + "agreements/signing/", WORD),
        Goes(FULL + "agreements/signing/", SEND),
        MANAGER,
    ),
    "agencies:agreement": Screen(
        Never("it is about one agreement"),
        Look(FULL + "agreements/{agreement}/", WORD),
        Goes(FULL + "agreements/{agreement}/", SEND),
        MANAGER,
    ),
    "agencies:prospects": Screen(
        Look(BARE + "prospects/", "Belum ada peminat."),
        Look(FULL + "prospects/", WORD),
        Goes(FULL + "prospects/", "form[method=get] button"),
        MANAGER,
    ),
    "agencies:preparations": Screen(
        Look(BARE + "preparation/", "Belum ada instansi yang ikut pembukaan."),
        Look(FULL + "preparation/", WORD),
        Goes(FULL + "preparation/", "a.line"),
        MANAGER,
    ),
    "agencies:preparation_new": Screen(
        Never("it is a form"), Look(FULL + "preparation/new/", WORD), Goes(FULL + "preparation/new/", SEND), MANAGER
    ),
    "agencies:preparation": Screen(
        Look(IDLE + "preparation/of/DINAS/", "Instansi ini belum ikut pembukaan."),
        Look(FULL + "preparation/of/{led}/", WORD),
        Goes(FULL + "preparation/of/{led}/", SEND),
        MANAGER,
    ),
    "agencies:opening_day": Screen(
        Look(BARE + "opening-day/", "Belum ada tonggak."),
        Look(FULL + "opening-day/", WORD),
        Goes(FULL + "opening-day/", "form[method=get] button"),
        MANAGER,
    ),
    "agencies:milestone": Screen(
        Never("it is about one milestone"),
        Look(FULL + "milestones/{milestone}/", WORD),
        Goes(FULL + "milestones/{milestone}/", SEND),
        MANAGER,
    ),
    "agencies:capacity": Screen(
        Look(BARE + "capacity/", "Belum ada kepindahan yang direncanakan."),
        Look(FULL + "capacity/", WORD),
        Goes(FULL + "capacity/", SEND),
        MANAGER,
    ),
    "agencies:hotlines": Screen(
        Look(BARE + "hotlines/", "Tidak ada instansi di sini."),
        Look(FULL + "hotlines/", WORD),
        Goes(FULL + "hotlines/", ".steer-nav a"),
        MANAGER,
    ),
    "agencies:apps": Screen(
        Look(BARE + "apps/", "Belum ada aplikasi tercatat."),
        Look(FULL + "apps/", WORD),
        Goes(FULL + "apps/", "form[method=get] button"),
        MANAGER,
    ),
    "agencies:app_new": Screen(
        Never("it is a form"), Never("it shows nothing that somebody wrote"), Goes(FULL + "apps/new/", SEND), MANAGER
    ),
    "agencies:app": Screen(
        Never("it is about one app"),
        Look(FULL + "apps/{app}/", WORD),
        Goes(FULL + "apps/{app}/", ".steer-nav a"),
        MANAGER,
    ),
}
