"""Addresses of providers."""

from django.urls import path

from providers.views import directory, ethics, profile

app_name = "providers"

urlpatterns = [
    path("", directory.providers, name="providers"),
    path("answers/", ethics.checks, name="checks"),
    path("answers/<uuid:pk>/", ethics.check, name="check"),
    path("<uuid:pk>/test/", ethics.test, name="test"),
    path("<uuid:pk>/test/<slug:item>/", ethics.answer, name="answer"),
    path("<uuid:pk>/profile/", profile.profile, name="profile"),
]
