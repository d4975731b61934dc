from allauth.account import views as account_views
from django.urls import include, path
from django.views.i18n import set_language

from pendopo.config import health
from pendopo.config.api import api, docs
from pendopo.kernel.http import audience
from pendopo.people.urls import account_urls

urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("language/", audience("public")(set_language), name="set_language"),
    path("accounts/login/", audience("public")(account_views.login), name="account_login"),
    path("accounts/logout/", audience("public")(account_views.logout), name="account_logout"),
    path("accounts/inactive/", audience("public")(account_views.account_inactive), name="account_inactive"),
    path(
        "accounts/password/<str:uidb36>/<str:key>/",
        audience("public")(account_views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/done/",
        audience("public")(account_views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("accounts/", include(account_urls)),
    path("api/v1/docs", docs, name="api_docs"),
    path("api/v1/", api.urls),
    path("", include("pendopo.portal.urls")),
    path("", include("pendopo.demo.urls")),
    path("m/<slug:mall>/", include("pendopo.people.urls")),
    path("m/<slug:mall>/", include("pendopo.catalogue.urls")),
    path("m/<slug:mall>/", include("pendopo.agencies.urls")),
    path("m/<slug:mall>/", include("pendopo.documents.urls")),
    path("m/<slug:mall>/", include("pendopo.notifications.urls")),
    path("m/<slug:mall>/", include("pendopo.queues.urls")),
    path("m/<slug:mall>/", include("pendopo.payments.urls")),
    path("m/<slug:mall>/", include("pendopo.surveys.urls")),
    path("m/<slug:mall>/", include("pendopo.inspections.urls")),
    path("m/<slug:mall>/", include("pendopo.applications.urls")),
    path("m/<slug:mall>/", include("pendopo.readiness.urls")),
    path("m/<slug:mall>/", include("pendopo.indicators.urls")),
    path("m/<slug:mall>/", include("pendopo.meetings.urls")),
    path("m/<slug:mall>/", include("pendopo.performance.urls")),
    path("m/<slug:mall>/", include("pendopo.innovations.urls")),
]

handler400 = "pendopo.config.pages.bad_request"
handler403 = "pendopo.config.pages.forbidden"
handler404 = "pendopo.config.pages.not_found"
handler500 = "pendopo.config.pages.broken"
