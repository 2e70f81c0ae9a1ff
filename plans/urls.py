"""Addresses of care and support plans."""

from django.urls import path

from plans import views

app_name = "plans"

urlpatterns = [
    path("<uuid:pk>/", views.plan, name="plan"),
    path("<uuid:pk>/decide/", views.decide, name="decide"),
]
