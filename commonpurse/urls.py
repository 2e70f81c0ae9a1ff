"""Every address of Common Purse. Signing in is required everywhere, except where a view says it is public."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from commonpurse import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
