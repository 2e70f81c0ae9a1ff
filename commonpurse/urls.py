"""Every address of Common Purse. Signing in is required everywhere, except where a view says it is public."""

from allauth.account.decorators import secure_admin_login
from allauth.account.views import logout
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from commonpurse import style_page, views
from commonpurse.sign_in import urls as sign_in_urls

# Nobody has a password: the admin too is entered by a code, and by staff alone.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler404 = views.not_found

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("sign-in/", include(sign_in_urls.signing_in)),
    path("language/", views.language, name="language"),
    path("sign-out/", logout, name="account_logout"),
    path("settings/sign-in/", include(sign_in_urls.safety)),
    path("caught-mail/", views.caught_mail, name="caught-mail"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("styles/", style_page.styles, name="styles"),
    path("clusters/", include("clusters.urls")),
    path("", include("commissioning.urls")),
    path("moving/", include("moving.urls")),
    path("providers/", include("providers.urls")),
    path("plans/", include("plans.urls")),
    path("budgets/", include("budgets.urls")),
    path("", include("people.urls")),
    path("", include("reports.urls")),
    path("", include("reconciliation.urls")),
    path("invoices/", include("invoices.urls")),
    path("work/", include("jobs.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("invoices.api.urls")),
    path("api/v1/", include("commonpurse.api_pages")),
]
