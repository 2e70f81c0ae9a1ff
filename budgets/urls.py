"""Addresses of budgets: what somebody can pay, making a budget for a plan, and its statement."""

from django.urls import path

from budgets.views import direct, finances, payments, statements

app_name = "budgets"

urlpatterns = [
    path("", statements.mine, name="mine"),
    path("of/<uuid:pk>/", statements.of, name="of"),
    path("of/<uuid:pk>/finances/", finances.finances, name="finances"),
    path("of/<uuid:pk>/finances/check/", finances.check, name="finances-check"),
    path("contributions/<uuid:pk>/", finances.contribution, name="contribution"),
    path("for/<uuid:pk>/", statements.make, name="make"),
    path("<uuid:pk>/", statements.statement, name="statement"),
    path("<uuid:pk>/agree/", statements.agree, name="agree"),
    path("direct/<uuid:pk>/", direct.direct, name="direct"),
    path("payments/", payments.payments, name="payments"),
    path("payments/<uuid:pk>/pay/", payments.pay, name="pay"),
    path("payments/arrange/<uuid:pk>/", payments.arrange, name="arrange"),
    path("payments/end/<uuid:pk>/", payments.end, name="end-payment"),
]
