"""Addresses of contracts and their approval, of leaving a cluster, and of what its money buys."""

from django.urls import path

from commissioning.views import approvals, calling, calls, change, contracts, leave, offers

app_name = "commissioning"

urlpatterns = [
    path("commissioning/waiting/", approvals.waiting, name="waiting"),
    path("commissioning/waiting/<uuid:pk>/", approvals.decide, name="decide"),
    path("commissioning/contracts/", contracts.contracts, name="contracts"),
    path("commissioning/contracts/<uuid:pk>/", contracts.contract, name="contract"),
    path("commissioning/contracts/<uuid:pk>/end/", change.end, name="end"),
    path("commissioning/contracts/<uuid:pk>/change/", change.change, name="change"),
    path("commissioning/contracts/<uuid:pk>/ask-again/", change.ask_again, name="ask-again"),
    path("commissioning/contracts/<uuid:pk>/reserve/", change.spend_reserve, name="spend-reserve"),
    path("commissioning/contracts/<uuid:pk>/put/", change.put_change, name="put-change"),
    path("clusters/<uuid:pk>/leave/", leave.leave, name="leave"),
    path("clusters/<uuid:pk>/calls/", calls.calls, name="calls"),
    path("clusters/<uuid:pk>/calls/check/", calling.check, name="call-check"),
    path("clusters/<uuid:pk>/calls/ask/<slug:step>/", calling.step, name="call-step"),
    path("commissioning/calls/<uuid:pk>/", calls.call, name="call"),
    path("commissioning/calls/<uuid:pk>/called/", calling.called, name="called"),
    path("commissioning/calls/<uuid:pk>/offers/", calls.compared, name="compare"),
    path("commissioning/calls/<uuid:pk>/choose/", calls.choose, name="choose"),
    path("commissioning/calls/<uuid:pk>/take-back/", calls.take_back, name="take-call-back"),
    path("commissioning/calls/<uuid:pk>/none-suits/", calls.none_suits, name="none-suits"),
    path("commissioning/contracts/<uuid:pk>/review/", calls.review, name="review"),
    path("commissioning/unmet/", calls.unmet, name="unmet"),
    path("commissioning/open-calls/", offers.open_calls, name="open-calls"),
    path("commissioning/open-calls/<uuid:pk>/", offers.open_call, name="open-call"),
    path("commissioning/open-calls/<uuid:pk>/offer/<uuid:provider>/", offers.make_offer, name="make-offer"),
    path("commissioning/offers/<uuid:pk>/", offers.offer, name="offer"),
    path("commissioning/offers/<uuid:pk>/take-back/", offers.take_offer_back, name="take-offer-back"),
]
