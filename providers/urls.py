"""Addresses of providers."""

from django.urls import path

from providers.views import directory

app_name = "providers"

urlpatterns = [path("", directory.providers, name="providers")]
