"""Addresses of what belongs to whoever is signed in: settings, the council's own look, helpers, letters."""

from django.urls import URLPattern

app_name = "people"
urlpatterns: list[URLPattern] = []
