"""Addresses of invoices, payments and bank statements."""

from django.urls import path

from invoices.views import disputes, late, remittance, statements
from invoices.views.pay import accounts, payments, runs, steps
from invoices.views.provider import contracts as own_contracts
from invoices.views.provider import holds as own_holds
from invoices.views.provider import invoices as own_invoices
from invoices.views.provider import payments as own_payments
from invoices.views.provider import practice, upload, webhooks, write
from invoices.views.provider import visits as own_visits

app_name = "invoices"

urlpatterns = [
    path("payments/", runs.payments, name="payments"),
    path("payments/owed/<uuid:council_id>/", runs.owed, name="owed"),
    path("payments/draft/<uuid:council_id>/", steps.draft_run, name="draft-run"),
    path("payments/runs/<uuid:pk>/", runs.run, name="run"),
    path("payments/runs/<uuid:pk>/review/", steps.review_run, name="review-run"),
    path("payments/runs/<uuid:pk>/send-back/", steps.send_back, name="send-back"),
    path("payments/runs/<uuid:pk>/approve/", steps.approve_run, name="approve-run"),
    path("payments/runs/<uuid:pk>/cancel/", steps.cancel_run, name="cancel-run"),
    path("payments/runs/<uuid:pk>/send/", steps.send_run, name="send-run"),
    path("payments/runs/<uuid:pk>/file/<str:kind>/", steps.bank_file, name="bank-file"),
    path("payments/<uuid:pk>/", payments.payment, name="payment"),
    path("payments/<uuid:pk>/leave-out/", steps.leave_out, name="leave-out"),
    path("payments/<uuid:pk>/give-up/", steps.give_up, name="give-up"),
    path("payments/<uuid:pk>/remittance/", payments.remittance, name="remittance"),
    path("payments/<uuid:pk>/remittance.xml", remittance.remittance_xml, name="remittance-xml"),
    path("payments/documents/<uuid:pk>/", payments.document, name="document"),
    path("payments/accounts/<uuid:council_id>/", accounts.payees, name="payees"),
    path("payments/accounts/give/<uuid:provider_id>/", accounts.payee, name="payee"),
    path("payments/accounts/check/<uuid:pk>/", accounts.check_payee, name="check-payee"),
    path("payments/accounts/ours/<uuid:council_id>/", accounts.paying_account, name="paying-account"),
    path("visits/", disputes.visits, name="visits"),
    path("visits/<uuid:pk>/not-happened/", disputes.not_happened, name="not-happened"),
    path("visits/<uuid:pk>/answer/", disputes.answer_visit, name="answer-visit"),
    path("late/<uuid:pk>/", late.late_change, name="late-change"),
    path("statements/", statements.statements, name="statements"),
    path("statements/bring/<uuid:council_id>/", statements.bring, name="bring-statement"),
    path("statements/<uuid:pk>/", statements.statement, name="statement"),
    path("statements/lines/<uuid:pk>/", statements.line, name="bank-line"),
    path("statements/lines/<uuid:pk>/match/", statements.match, name="match-line"),
    path("statements/lines/<uuid:pk>/explain/", statements.explain, name="explain-line"),
    path("provider/", own_invoices.own_invoices_page, name="own-invoices"),
    path("provider/invoices/<uuid:pk>/", own_invoices.own_invoice, name="own-invoice"),
    path("provider/contracts/", own_contracts.own_contracts_page, name="own-contracts"),
    path("provider/contracts/<uuid:pk>/", own_contracts.own_contract, name="own-contract"),
    path("provider/contracts/<uuid:pk>/write/<slug:kind>/", write.write, name="write"),
    path("provider/upload/", upload.upload, name="upload"),
    path("provider/upload/template.csv", upload.upload_template, name="upload-template"),
    path("provider/upload/<uuid:pk>/", upload.uploaded, name="uploaded"),
    path("provider/upload/<uuid:pk>/send/", upload.send_upload, name="send-upload"),
    path("provider/upload/<uuid:pk>/errors.csv", upload.upload_errors, name="upload-errors"),
    path("provider/holds/", own_holds.own_holds_page, name="own-holds"),
    path("provider/holds/<uuid:pk>/", own_holds.own_hold, name="own-hold"),
    path("provider/holds/files/<uuid:pk>/", own_holds.own_attachment, name="own-attachment"),
    path("provider/visits/", own_visits.own_visits_page, name="own-visits"),
    path("provider/visits/record/<uuid:pk>/", own_visits.record_visit, name="record-visit"),
    path("provider/visits/<uuid:pk>/withdraw/", own_visits.withdraw, name="withdraw-visit"),
    path("provider/payments/", own_payments.own_payments_page, name="own-payments"),
    path("provider/payments/<uuid:pk>/lines.csv", own_payments.remittance_csv, name="remittance-csv"),
    path("provider/webhooks/", webhooks.listening, name="webhooks"),
    path("provider/webhooks/add/", webhooks.add, name="add-webhook"),
    path("provider/webhooks/<uuid:pk>/", webhooks.endpoint, name="webhook"),
    path("provider/webhooks/<uuid:pk>/test/", webhooks.test, name="test-webhook"),
    path("provider/webhooks/<uuid:pk>/new-secret/", webhooks.rotate, name="rotate-webhook"),
    path("provider/webhooks/<uuid:pk>/remove/", webhooks.remove, name="remove-webhook"),
    path("provider/webhooks/messages/<uuid:pk>/again/", webhooks.again, name="send-again"),
    path("provider/practice/<uuid:pk>/", practice.practice, name="practice"),
    path("provider/practice/<uuid:pk>/pay/", practice.pay_practice, name="pay-practice"),
]
