"""Addresses of contracts and their approval, of leaving a cluster, and of what its money buys."""

from django.urls import path

from commissioning.views import approvals, contracts, leave

app_name = "commissioning"

urlpatterns = [
    path("commissioning/waiting/", approvals.waiting, name="waiting"),
    path("commissioning/waiting/<uuid:pk>/", approvals.decide, name="decide"),
    path("commissioning/contracts/", contracts.contracts, name="contracts"),
    path("commissioning/contracts/<uuid:pk>/", contracts.contract, name="contract"),
    path("clusters/<uuid:pk>/leave/", leave.leave, name="leave"),
]
