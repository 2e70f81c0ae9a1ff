"""Every address of Common Purse. Signing in is required everywhere, except where a view says it is public."""

from allauth.account import views as sign_in
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from commonpurse import style_page, views

# Signing in by a code is all there is of allauth: no passwords, no sign-up, no addresses to manage.
signing_in = [
    path("", sign_in.request_login_code, name="account_login"),
    path("", sign_in.request_login_code, name="account_request_login_code"),
    path("code/", views.enter_code, name="account_confirm_login_code"),
    path("another-address/", views.another_address, name="another-address"),
    path("closed/", sign_in.account_inactive, name="account_inactive"),
    path("no-account/", views.no_sign_up, name="account_signup"),
]

# Nobody has a password: the admin too is entered by a code, and by staff alone.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("sign-in/", include(signing_in)),
    path("sign-out/", sign_in.logout, name="account_logout"),
    path("caught-mail/", views.caught_mail, name="caught-mail"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("styles/", style_page.styles, name="styles"),
    path("clusters/", include("clusters.urls")),
    path("commissioning/", include("commissioning.urls")),
    path("providers/", include("providers.urls")),
    path("plans/", include("plans.urls")),
    path("", include("people.urls")),
    path("", include("reports.urls")),
    path("", include("reconciliation.urls")),
    path("work/", include("jobs.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("invoices.api.urls")),
    path("api/v1/", include("commonpurse.api_pages")),
]
