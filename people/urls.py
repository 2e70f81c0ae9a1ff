"""Addresses of what belongs to whoever is signed in: settings, the council's own look, helpers, letters."""

from django.urls import path

from people.views import brand, settings

app_name = "people"
urlpatterns = [
    path("settings/", settings.settings, name="settings"),
    path("settings/not-now/", settings.not_now, name="settings-not-now"),
    path("settings/brand/", brand.brand, name="brand"),
    path("brand/<uuid:pk>/<int:version>.css", brand.brand_sheet, name="brand-sheet"),
]
