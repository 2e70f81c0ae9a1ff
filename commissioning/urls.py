"""Addresses of contracts and their approval."""

from django.urls import path

from commissioning import views

app_name = "commissioning"

urlpatterns = [
    path("waiting/", views.waiting, name="waiting"),
    path("waiting/<uuid:pk>/", views.decide, name="decide"),
    path("contracts/", views.contracts, name="contracts"),
    path("contracts/<uuid:pk>/", views.contract, name="contract"),
]
