"""Addresses of background work."""

from django.urls import path

from jobs import views

app_name = "jobs"

urlpatterns = [
    path("<uuid:pk>/", views.progress, name="progress"),
    path("<uuid:pk>/try-again/", views.try_again, name="try-again"),
]
