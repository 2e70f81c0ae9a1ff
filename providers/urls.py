"""Addresses of providers."""

from django.urls import path

from providers.views import directory, ethics, keys, profile

app_name = "providers"

urlpatterns = [
    path("", directory.providers, name="providers"),
    path("answers/", ethics.checks, name="checks"),
    path("answers/<uuid:pk>/", ethics.check, name="check"),
    path("keys/<uuid:pk>/", keys.key, name="key"),
    path("keys/<uuid:pk>/new-secret/", keys.rotate, name="rotate-key"),
    path("keys/<uuid:pk>/take-back/", keys.revoke, name="revoke-key"),
    path("<uuid:pk>/keys/", keys.keys, name="keys"),
    path("<uuid:pk>/keys/new/", keys.make, name="make-key"),
    path("<uuid:pk>/test/", ethics.test, name="test"),
    path("<uuid:pk>/test/<slug:item>/", ethics.answer, name="answer"),
    path("<uuid:pk>/profile/", profile.profile, name="profile"),
]
