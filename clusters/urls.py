"""Addresses of joining a cluster."""

from django.urls import path

from clusters.views import admit, agree_plan, ask
from clusters.views.decisions import one

app_name = "clusters"

urlpatterns = [
    path("<uuid:pk>/ask/", ask.how_much, name="ask"),
    path("<uuid:pk>/ask/what-is-left/", ask.what_is_left, name="ask-left"),
    path("<uuid:pk>/ask/who-agrees/", ask.who_agrees, name="ask-who"),
    path("<uuid:pk>/ask/check/", ask.check, name="ask-check"),
    path("decisions/<uuid:pk>/", one.decision, name="decision"),
    path("asked/<uuid:pk>/", ask.asked, name="asked"),
    path("asking/<uuid:pk>/", admit.admit, name="admit"),
    path("joining/<uuid:pk>/", agree_plan.agree_plan, name="agree-plan"),
]
