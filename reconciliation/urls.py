"""Addresses of the month end."""

from django.urls import path

from reconciliation.views import drill, findings, holds, months, proofs

app_name = "reconciliation"

urlpatterns = [
    path("month-end/", months.months, name="months"),
    path("month-end/run/", months.run, name="run"),
    path("month-end/prove/", proofs.prove, name="prove"),
    path("month-end/<uuid:pk>/", months.month, name="month"),
    path("month-end/<uuid:pk>/sign/", months.sign, name="sign"),
    path("month-end/<uuid:pk>/withdraw/", months.withdraw, name="withdraw"),
    path("month-end/<uuid:pk>/close/", months.close, name="close"),
    path("month-end/<uuid:pk>/found/", findings.findings, name="findings"),
    path("month-end/found/<uuid:pk>/", findings.explain, name="explain"),
    path("month-end/<uuid:pk>/clusters/", drill.clusters, name="clusters"),
    path("month-end/<uuid:pk>/clusters/<uuid:cluster_id>/", drill.cluster, name="cluster"),
    path("month-end/statements/<uuid:pk>/<uuid:membership_id>/", drill.statement, name="statement"),
    path("month-end/lines/<uuid:pk>/", drill.line, name="line"),
    path("held-lines/", holds.holds, name="holds"),
    path("held-lines/<uuid:pk>/release/", holds.release, name="release"),
    path("held-lines/<uuid:pk>/split/", holds.split, name="split"),
    path("held-lines/files/<uuid:pk>/", holds.reply_file, name="reply-file"),
    path("held-lines/<uuid:pk>/reject/", holds.reject, name="reject"),
]
