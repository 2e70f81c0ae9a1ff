"""Addresses of budgets: what somebody can pay, making a budget for a plan, and its statement."""

from django.urls import path

from budgets.views import care_account, challenges, direct, finances, payments, recover, spend, statements

app_name = "budgets"

urlpatterns = [
    path("", statements.mine, name="mine"),
    path("of/<uuid:pk>/", statements.of, name="of"),
    path("of/<uuid:pk>/finances/", finances.finances, name="finances"),
    path("of/<uuid:pk>/finances/check/", finances.check, name="finances-check"),
    path("contributions/<uuid:pk>/", finances.contribution, name="contribution"),
    path("challenges/", challenges.challenges, name="challenges"),
    path("challenges/<uuid:pk>/", challenges.answer, name="answer-challenge"),
    path("challenges/<uuid:pk>/again/", finances.again, name="work-out-again"),
    path("for/<uuid:pk>/", statements.make, name="make"),
    path("<uuid:pk>/", statements.statement, name="statement"),
    path("<uuid:pk>/agree/", statements.agree, name="agree"),
    path("direct/<uuid:pk>/", direct.direct, name="direct"),
    path("direct/<uuid:pk>/spending/", direct.spending, name="spending"),
    path("direct/<uuid:pk>/spent/", spend.spend, name="spend"),
    path("direct/<uuid:pk>/ask/", spend.ask, name="ask"),
    path("direct/<uuid:pk>/family/", spend.family, name="family"),
    path("family/<uuid:pk>/end/", spend.end_family, name="end-family"),
    path("spent/<uuid:pk>/receipt/", spend.receipt, name="receipt"),
    path("spent/<uuid:pk>/seen/", spend.seen, name="seen"),
    path("spent/<uuid:pk>/take-back/", spend.take_back, name="take-spend-back"),
    path("asked/<uuid:pk>/", spend.answer, name="answer"),
    path("care-account/<uuid:pk>/", care_account.care_account, name="care-account"),
    path("asked-back/<uuid:pk>/", recover.recovery, name="recovery"),
    path("asked-back/<uuid:pk>/answer/", recover.answer, name="answer-recovery"),
    path("asked-back/<uuid:pk>/settle/", recover.settle, name="settle"),
    path("asked-back/<uuid:pk>/take/", recover.take, name="take"),
    path("payments/<uuid:pk>/ask-back/", recover.notice, name="notice"),
    path("payments/", payments.payments, name="payments"),
    path("payments/<uuid:pk>/pay/", payments.pay, name="pay"),
    path("payments/arrange/<uuid:pk>/", payments.arrange, name="arrange"),
    path("payments/end/<uuid:pk>/", payments.end, name="end-payment"),
]
