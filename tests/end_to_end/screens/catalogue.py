from tests.end_to_end.screens.looks import BARE, FULL, IDLE, MANAGER, SEARCH, SEND, WORD, Goes, Look, Never, Screen

SCREENS: dict[str, Screen] = {
    "catalogue:search": Screen(
        Look(BARE, "Belum ada layanan yang terbit di sini."), Look(FULL, WORD), Goes(FULL, SEARCH)
    ),
    "catalogue:service": Screen(
        Never("a service has a page once it is published"),
        Look(FULL + "services/{service}/", WORD),
        Goes(FULL + "services/{service}/", SEND),
    ),
    "catalogue:leaflet": Screen(
        Never("a service has a page once it is published"),
        Look(FULL + "services/{service}/leaflet/", WORD),
        Goes(FULL + "services/{service}/leaflet/", "main nav a:visible"),
    ),
    "catalogue:charter": Screen(
        Never("an agency without services is not offered, and nobody has its address"),
        Look(FULL + "charters/{agency}/", WORD),
        Goes(FULL + "charters/{agency}/", "a.button.quiet"),
    ),
    "catalogue:standards": Screen(
        Look(BARE + "standards/", "Belum ada layanan di MPP ini."),
        Look(FULL + "standards/", WORD),
        Goes(FULL + "standards/", "main th a"),
        MANAGER,
    ),
    "catalogue:agency_standards": Screen(
        Look(IDLE + "standards/DINAS/", "Instansi ini belum mempunyai layanan."),
        Look(FULL + "standards/{agency}/", WORD),
        Goes(FULL + "standards/{agency}/", "a.line"),
        MANAGER,
    ),
    "catalogue:standard": Screen(
        Never("a service has this page, with or without a standard"),
        Look(FULL + "services/{service}/standard/", WORD),
        Goes(FULL + "services/{service}/standard/", SEND),
        MANAGER,
    ),
    "catalogue:information": Screen(
        Look(BARE + "information/", "Belum tercatat."),
        Look(FULL + "information/", WORD),
        Goes(FULL + "information/", "p.row a"),
    ),
    "catalogue:changes": Screen(
        Look(BARE + "information/changes/", "Tidak ada yang berubah."),
        Look(FULL + "information/changes/", WORD),
        Goes(FULL + "information/changes/", "a.button.quiet"),
    ),
    "catalogue:life": Screen(
        Look(BARE + "life/lahir/", "Belum dilayani di MPP ini."),
        Never("a life event has five steps"),
        Goes(FULL + "life/lahir/", "a.button.quiet:not(.small)"),
    ),
    "catalogue:notices": Screen(
        Look(BARE + "notices/of/question/", "Belum ada yang ditulis."),
        Look(FULL + "notices/of/question/", WORD),
        Goes(FULL + "notices/of/question/", SEND),
        MANAGER,
    ),
    "catalogue:notice": Screen(
        Never("it is about one notice"),
        Look(FULL + "notices/{notice}/", WORD),
        Goes(FULL + "notices/{notice}/", SEND),
        MANAGER,
    ),
    "catalogue:plans": Screen(
        Look(BARE + "notices/plans/", "Belum ada denah."),
        Look(FULL + "notices/plans/", WORD),
        Goes(FULL + "notices/plans/", ".steer-nav a"),
        MANAGER,
    ),
    "catalogue:coverage": Screen(
        Look(BARE + "coverage/", "Belum ada layanan yang ditulis."),
        Look(FULL + "coverage/", WORD),
        Goes(FULL + "coverage/", "a.line"),
        MANAGER,
    ),
    "catalogue:coverage_agency": Screen(
        Look(IDLE + "coverage/of/DINAS/", "Tidak ada layanan di sini."),
        Look(FULL + "coverage/of/{led}/", WORD),
        Goes(FULL + "coverage/of/{led}/", "form[method=get] button"),
        MANAGER,
    ),
    "catalogue:coverage_twice": Screen(
        Look(BARE + "coverage/twice/", "Tidak ada pelayanan ganda."),
        Look(FULL + "coverage/twice/", WORD),
        Goes(FULL + "coverage/twice/", "a.line"),
        MANAGER,
    ),
    "catalogue:coverage_service": Screen(
        Never("a decision is about one service"),
        Look(FULL + "coverage/services/{service}/", WORD),
        Goes(FULL + "coverage/services/{service}/", SEND),
        MANAGER,
    ),
    "catalogue:service_list": Screen(
        Look(BARE + "settings/services/", "Tidak ada layanan di sini."),
        Look(FULL + "settings/services/", WORD),
        Goes(FULL + "settings/services/", "form[method=get] button"),
        MANAGER,
    ),
    "catalogue:service_new": Screen(
        Never("it is a form"),
        Look(FULL + "settings/services/new/", WORD),
        Goes(FULL + "settings/services/new/", SEND),
        MANAGER,
    ),
    "catalogue:service_settings": Screen(
        Never("it is about one service"),
        Look(FULL + "settings/services/{offered}/", WORD),
        Goes(FULL + "settings/services/{offered}/", SEND),
        MANAGER,
    ),
    "catalogue:variant_settings": Screen(
        Never("it is about one variant"),
        Look(FULL + "settings/variants/{priced}/", WORD),
        Goes(FULL + "settings/variants/{priced}/", SEND),
        MANAGER,
    ),
    "documents:check": Screen(
        Look(BARE + "v/", "Periksa dokumen"),
        Never("it asks for one document"),
        Goes(FULL + "v/", SEND),
    ),
    "documents:document": Screen(
        Never("it is about one document"),
        Look(FULL + "v/{issued}/", WORD),
        Goes(FULL + "v/{issued}/", ".actions a.quiet"),
    ),
    "catalogue:charter_signer": Screen(
        Look(IDLE + "settings/charters/DINAS/", "Belum ditetapkan."),
        Look(FULL + "settings/charters/{signing}/", WORD),
        Goes(FULL + "settings/charters/{signing}/", SEND),
        MANAGER,
    ),
}
