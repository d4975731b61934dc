from django.urls import path

from pendopo.people.views import confirming, contacts, entering, me, second, sessions

app_name = "people"
urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/name/", me.name, name="me_name"),
    path("me/number/", me.number, name="me_number"),
    path("me/reach/", me.reach, name="me_reach"),
    path("me/power/", me.power, name="me_power"),
    path("me/power/end/", me.power_end, name="me_power_end"),
]

# Above all malls; without a namespace, since django-allauth knows these pages by these names.
account_urls = [
    path("code/", entering.code, name="account_code"),
    path("code/confirm/", entering.code_confirm, name="account_code_confirm"),
    path("code/again/", entering.code_again, name="account_code_again"),
    path("name/", entering.name, name="account_name"),
    path("confirm/", confirming.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", confirming.reauthenticate_code, name="account_reauthenticate_code"),
    path("confirm/key/", second.reauthenticate_key, name="mfa_reauthenticate_webauthn"),
    path("contacts/", contacts.contacts, name="account_contacts"),
    path("contacts/first/", contacts.contact_first, name="account_contact_first"),
    path("contacts/removal/", contacts.contact_removal, name="account_contact_removal"),
    path("contacts/new/", contacts.contact_new, name="account_contact_new"),
    path("contacts/confirm/", contacts.contact_confirm, name="account_contact_confirm"),
    path("sessions/", sessions.sessions, name="account_sessions"),
    path("sessions/end/", sessions.session_end, name="account_session_end"),
    path("sessions/end-others/", sessions.sessions_end, name="account_sessions_end"),
    path("security/", second.index, name="mfa_index"),
    path("security/key/", second.add_key, name="mfa_add_webauthn"),
    path("security/key/removal/", second.key_removal, name="account_key_removal"),
    path("security/app/", second.activate_totp, name="mfa_activate_totp"),
    path("security/app/removal/", second.deactivate_totp, name="mfa_deactivate_totp"),
    path("security/recovery/", second.recovery_codes, name="mfa_view_recovery_codes"),
    path("security/recovery/new/", second.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("login/key/", second.login_key, name="mfa_login_webauthn"),
    path("login/second/", second.authenticate, name="mfa_authenticate"),
]
