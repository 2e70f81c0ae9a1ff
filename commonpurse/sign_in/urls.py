"""Addresses of signing in, and of what keeps it safe. The names are allauth's, which leads to them by name."""

from allauth.account import views as by_code
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET

from commonpurse import views as pages
from commonpurse.sign_in import council, views

# Signing in by a code is all there is of allauth's accounts: no passwords, no sign-up, no addresses to manage.
signing_in: list[URLPattern] = [
    path("", by_code.request_login_code, name="account_login"),
    path("", by_code.request_login_code, name="account_request_login_code"),
    path("code/", pages.enter_code, name="account_confirm_login_code"),
    path("second-step/", views.GiveSecondCode.as_view(), name="mfa_authenticate"),
    path("passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("with/<str:provider_id>/", council.begin, name="openid_connect_login"),
    path("with/<str:provider_id>/back/", council.come_back, name="openid_connect_callback"),
    path("another-address/", pages.another_address, name="another-address"),
    path("closed/", by_code.account_inactive, name="account_inactive"),
    path("no-account/", pages.no_sign_up, name="account_signup"),
]

safety: list[URLPattern] = [
    path("", views.safety, name="mfa_index"),
    path("again/", views.ShowItIsYou.as_view(), name="mfa_reauthenticate"),
    path("again/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("app/", views.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/name/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("spare-codes/", spare_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("spare-codes/new/", spare_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "spare-codes/file/",
        require_GET(spare_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("where/", views.sessions, name="usersessions_list"),
    path("where/others/", views.end_other_sessions, name="end-other-sessions"),
    path("where/<int:number>/", views.end_session, name="end-session"),
]
