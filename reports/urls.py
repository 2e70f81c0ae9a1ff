"""Addresses of the pages that are put together from every app."""

from django.urls import path, register_converter

from reports.rules.months import DayInAddress, MonthInAddress
from reports.views import (
    commissioning,
    find,
    hand_over,
    ledger_codes,
    my_care,
    my_money,
    my_people,
    our_cluster,
    provider_home,
    returns,
    reviews,
    what_if,
)

app_name = "reports"

register_converter(MonthInAddress, "month")
register_converter(DayInAddress, "day")

urlpatterns = [
    path("my-money/", my_money.my_money, name="my-money"),
    path("my-money/why/<uuid:pk>/", my_money.why, name="why"),
    path("my-money/before/<uuid:pk>/", my_money.before, name="before"),
    path("my-care/", my_care.my_care, name="my-care"),
    path("my-care/<uuid:pk>/", my_care.care_of, name="care-of"),
    path("my-people/", my_people.my_people, name="my-people"),
    path("my-people/<uuid:pk>/", my_people.person, name="person"),
    path("reviews/<uuid:pk>/", reviews.reviews, name="reviews"),
    path("reviews/<uuid:pk>/ask/", reviews.ask, name="ask-review"),
    path("reviews/<uuid:pk>/new/", reviews.review, name="review"),
    path("find-a-cluster/", find.find, name="find"),
    path("find-a-cluster/<uuid:pk>/", find.outside, name="outside"),
    path("clusters/<uuid:pk>/", our_cluster.our_cluster, name="our-cluster"),
    path("clusters/<uuid:pk>/what-if/", what_if.what_would_it_buy, name="what-if"),
    path("clusters/joining/<uuid:pk>/what-if/", what_if.what_would_it_buy_for, name="what-if-for"),
    path("what-you-can-do/", provider_home.provider_home, name="provider-home"),
    path("reports/", commissioning.choose, name="choose"),
    path("reports/files/<uuid:pk>/", commissioning.file, name="file"),
    path("reports/<str:code>/<month:month>/", commissioning.council_month, name="council-month"),
    path("reports/<str:code>/<month:month>/report.csv", commissioning.council_csv, name="council-csv"),
    path("reports/<str:code>/<month:month>/pdf/", commissioning.council_pdf, name="council-pdf"),
    path(
        "reports/<str:code>/<month:month>/clusters/", commissioning.council_clusters, name="council-clusters"
    ),
    path(
        "reports/<str:code>/<month:month>/clusters/<uuid:pk>/",
        commissioning.cluster_month,
        name="cluster-month",
    ),
    path(
        "reports/<str:code>/<month:month>/clusters/<uuid:pk>/report.csv",
        commissioning.cluster_csv,
        name="cluster-csv",
    ),
    path(
        "reports/<str:code>/<month:month>/clusters/<uuid:pk>/pdf/",
        commissioning.cluster_pdf,
        name="cluster-pdf",
    ),
    path("returns/", returns.choose, name="returns"),
    path("returns/<str:code>/", returns.council_returns, name="council-returns"),
    path("returns/<str:code>/<day:start>/<day:last>/", returns.returns_file, name="returns-file"),
    path("hand-over/", hand_over.choose, name="hand-over"),
    path("hand-over/<str:code>/", hand_over.take_out, name="take-out"),
    path(
        "hand-over/<str:code>/<day:start>/<day:last>/<str:kind>/", hand_over.entries_file, name="entries-file"
    ),
    path("hand-over/<str:code>/codes/", ledger_codes.ledger_codes, name="ledger-codes"),
    path("hand-over/<str:code>/codes/new/", ledger_codes.set_code, name="set-ledger-code"),
]
