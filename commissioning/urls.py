"""Addresses of contracts and their approval."""

from django.urls import path

from commissioning.views import approvals, contracts

app_name = "commissioning"

urlpatterns = [
    path("waiting/", approvals.waiting, name="waiting"),
    path("waiting/<uuid:pk>/", approvals.decide, name="decide"),
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts/<uuid:pk>/", contracts.contract, name="contract"),
]
