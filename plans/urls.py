"""Addresses of care and support plans."""

from django.urls import path

from plans.views import plan

app_name = "plans"

urlpatterns = [
    path("<uuid:pk>/", plan.plan, name="plan"),
    path("<uuid:pk>/decide/", plan.decide, name="decide"),
]
