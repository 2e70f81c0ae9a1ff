"""Addresses of moves away, of those who came, and of councils' keys."""

from django.urls import path

from moving.views import arriving, keys, leaving

app_name = "moving"
urlpatterns = [
    path("<uuid:pk>/", leaving.leaving, name="leaving"),
    path("<uuid:pk>/agree/", leaving.agree, name="agree"),
    path("<uuid:pk>/take-back/", leaving.take_back, name="take-back"),
    path("<uuid:pk>/send/", leaving.send, name="send"),
    path("<uuid:pk>/pack/", leaving.pack, name="pack"),
    path("<uuid:pk>/copy/", leaving.sent_copy, name="copy"),
    path("to/<uuid:pk>/", arriving.take_in, name="take-in"),
    path("arrivals/<uuid:pk>/", arriving.arrival, name="arrival"),
    path("keys/", keys.our_keys, name="our-keys"),
    path("keys/<uuid:pk>/", keys.keys, name="keys"),
    path("keys/<uuid:pk>/make/", keys.make, name="make-key"),
    path("keys/<uuid:pk>/file/", keys.own, name="key-file"),
    path("keys/known/<uuid:pk>/check/", keys.check, name="check-key"),
    path("keys/known/<uuid:pk>/end/", keys.end, name="end-key"),
]
