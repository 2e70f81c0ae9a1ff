"""
Who may do what: every address x method x visitor, declared in one table.

To add an address: a line in `ROWS`; what it needs (a contract, a plan) is a field of `World`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from invoices.models import Hold
from reports.rules.months import month_of
from tests.access.world import World
from tests.cast import ON

HERE = "amina ben priya quinn carol farah"


AWAY = "away_amina away_ben away_priya away_carol away_farah"


PEOPLE = "amina ben away_amina away_ben"


SIGNED_IN = f"{HERE} nora robin sam {AWAY}"


PERSONS = "amina ben away_amina away_ben"


STAFF = "priya quinn carol farah away_priya away_carol away_farah"


NOBODY = "nobody"


EVERYBODY = f"{NOBODY} {SIGNED_IN}"


MAY_CHANGE = "amina priya quinn carol farah"


Args = Callable[[World], list[Any]]


@dataclass(frozen=True)
class Row:
    """
    One address: who sees it (GET) and who may act on it (POST), by the names of visitors.

    Everybody else gets `stranger`; somebody who has not signed in is sent to do so, unless the address `is_open`.
    `None`: no such method. Robin, who helps Amina, is let through wherever she is, unless it `is_own`: hers alone.
    """

    name: str
    sees: str | None = None
    acts: str | None = None
    args: Args = field(default=lambda _: [])
    stranger: int = 404
    is_open: bool = False
    is_own: bool = False


def cluster(world: World) -> list[Any]:
    return [world.here.cluster.pk]


def passkey(world: World) -> list[Any]:
    return [world.passkey.pk]


def amina(world: World) -> list[Any]:
    return [world.here.amina.pk]


def forming(world: World) -> list[Any]:
    return [world.forming.cluster.pk]


def version(world: World) -> list[Any]:
    return [world.forming.version.pk]


def question(world: World) -> list[Any]:
    return [world.question.pk]


def wish(world: World) -> list[Any]:
    return [world.wish.pk]


def plan(world: World) -> list[Any]:
    return [world.here.plan.pk]


def contract(world: World) -> list[Any]:
    return [world.line.invoice.contract_id]


def call(world: World) -> list[Any]:
    return [world.market.call.pk]


def offer(world: World) -> list[Any]:
    return [world.market.offer.pk]


def provider(world: World) -> list[Any]:
    return [world.market.offer.provider_id]


def key(world: World) -> list[Any]:
    return [world.market.key.pk]


def endpoint(world: World) -> list[Any]:
    return [world.market.delivery.endpoint_id]


def report_month(world: World) -> list[Any]:
    return [world.here.council.code, month_of(ON)]


def cluster_month(world: World) -> list[Any]:
    return [*report_month(world), world.here.cluster.pk]


def month_end(world: World) -> list[Any]:
    return [world.month_end.pk]


def statement(world: World) -> list[Any]:
    return [world.month_end.cluster_months.get(cluster=world.here.cluster).pk, world.here.membership.pk]


def hold(world: World) -> list[Any]:
    return [Hold.objects.get(line__invoice__council=world.here.council).pk]


def here_council(world: World) -> list[Any]:
    return [world.here.council.pk]


def here_code(world: World) -> list[Any]:
    return [world.here.council.code]


def run(world: World) -> list[Any]:
    return [world.payment.run_id]


def bank_line(world: World) -> list[Any]:
    """A line of a bank statement that nobody has settled."""
    return [world.bank_line.pk]


def upload(world: World) -> list[Any]:
    return [world.upload.pk]


def payment(world: World) -> list[Any]:
    return [world.payment.pk]


ROWS = [
    Row("home", sees=EVERYBODY, is_open=True),
    Row("health", sees=EVERYBODY, is_open=True),
    Row("accessibility", sees=EVERYBODY, is_open=True),
    Row("privacy", sees=EVERYBODY, is_open=True),
    Row("language", acts=EVERYBODY, is_open=True),
    Row("styles", sees=STAFF),
    Row("caught-mail", sees="", is_open=True),
    Row("account_login", sees=EVERYBODY, acts=EVERYBODY, is_open=True),
    Row("account_request_login_code", sees=EVERYBODY, acts=EVERYBODY, is_open=True),
    Row("account_confirm_login_code", sees=EVERYBODY, acts=EVERYBODY, is_open=True),
    Row("account_inactive", sees=EVERYBODY, is_open=True),
    Row("account_signup", sees=EVERYBODY, is_open=True),
    Row("another-address", acts=EVERYBODY, is_open=True),
    Row("account_logout", sees=SIGNED_IN, acts=SIGNED_IN),
    Row("mfa_authenticate", sees=EVERYBODY, acts=EVERYBODY, is_open=True),
    Row("mfa_login_webauthn", sees=EVERYBODY, acts=EVERYBODY, is_open=True),
    Row("openid_connect_login", sees="", args=lambda _: ["council"], is_open=True),
    Row("openid_connect_callback", sees="", args=lambda _: ["council"], is_open=True),
    Row("mfa_index", sees=SIGNED_IN),
    Row("mfa_reauthenticate", sees="amina ben", acts="amina ben", stranger=403, is_own=True),
    Row("mfa_reauthenticate_webauthn", sees="amina ben", acts="amina ben", stranger=403, is_own=True),
    Row("mfa_activate_totp", sees=SIGNED_IN, acts=SIGNED_IN),
    Row("mfa_deactivate_totp", sees="ben", acts="ben"),
    Row("mfa_list_webauthn", sees=SIGNED_IN),
    Row("mfa_add_webauthn", sees=SIGNED_IN, acts=SIGNED_IN),
    Row("mfa_edit_webauthn", sees="amina", acts="amina", args=passkey, is_own=True),
    Row("mfa_remove_webauthn", sees="amina", acts="amina", args=passkey, is_own=True),
    Row("mfa_view_recovery_codes", sees="ben"),
    Row("mfa_generate_recovery_codes", sees=SIGNED_IN, acts=SIGNED_IN),
    Row("mfa_download_recovery_codes", sees="ben"),
    Row("usersessions_list", sees=SIGNED_IN),
    Row("end-session", acts="amina", args=lambda world: [world.session.pk], is_own=True),
    Row("end-other-sessions", acts=SIGNED_IN),
    Row("people:settings", sees=SIGNED_IN, acts=SIGNED_IN),
    Row("people:settings-not-now", acts=SIGNED_IN),
    Row("people:brand", sees="", acts=""),  # for administrators: tests/people/test_brand_page.py
    Row(
        "people:brand-sheet",
        sees=EVERYBODY,
        args=lambda world: [world.here.council.pk, world.here.council.brand.version],
        is_open=True,
    ),
    Row("people:acting-for", sees=SIGNED_IN, acts=SIGNED_IN),
    Row("people:helpers", sees="amina ben away_amina away_ben"),
    Row("people:give", sees=PERSONS, acts=PERSONS, is_own=True),
    Row("people:end-helper", sees="amina priya", acts="amina priya", args=lambda world: [world.robin.pk]),
    Row("people:helpers-of", sees="priya", args=amina),
    Row("people:give-for", sees="priya", acts="priya", args=amina),
    Row("people:death", sees="priya", acts="priya", args=amina),
    Row("people:letters", sees=SIGNED_IN),
    Row("people:letter", sees="amina", args=lambda world: [world.told.pk], is_own=True),
    Row("people:letter-print", sees="amina", args=lambda world: [world.told.pk], is_own=True),
    Row("people:post", sees="priya quinn away_priya"),
    Row("people:post-letter", sees="priya", acts="priya", args=lambda world: [world.letter.pk]),
    Row("reports:my-money", sees="amina ben away_amina away_ben"),
    Row("reports:why", sees="amina", args=lambda world: [world.line.pk]),
    Row("reports:my-people", sees="priya quinn away_priya"),
    Row("reports:person", sees="ben priya carol farah", args=lambda world: [world.here.ben.pk]),
    Row("reports:find", sees=EVERYBODY, is_open=True),
    Row("reports:outside", sees=EVERYBODY, args=cluster, is_open=True),
    Row("reports:our-cluster", sees="amina", args=cluster),
    Row("clusters:ask", sees="amina ben", acts="amina ben", args=cluster),
    Row("clusters:ask-left", sees="amina ben", args=cluster),
    Row("clusters:ask-who", sees="amina ben", args=cluster),
    Row("clusters:ask-check", sees="amina ben", acts="amina ben", args=cluster),
    Row("clusters:asked", sees="ben", args=wish),
    Row("clusters:away", sees="amina", acts="amina", args=cluster),
    Row("clusters:away-check", sees="amina", acts="amina", args=cluster),
    Row("clusters:away-done", sees="amina", args=cluster),
    Row("clusters:back", sees="amina", acts="amina", args=lambda world: [world.absence.pk]),
    Row("clusters:found", sees=PEOPLE, acts=PEOPLE, args=lambda _: ["name"]),
    Row("clusters:found-check", sees=PEOPLE, acts=PEOPLE),
    Row("clusters:found-for", sees="ben priya", args=lambda world: [world.here.ben.pk]),
    Row("clusters:founded", sees="amina priya carol farah", args=forming),
    Row("clusters:beginning", sees="amina", args=forming),
    Row("clusters:begin", acts="amina", args=forming),
    Row("clusters:hold", sees="carol", acts="carol", args=cluster),
    Row("clusters:invite", sees="amina", acts="amina", args=forming),
    Row("clusters:withdraw-invitation", acts="amina", args=lambda world: [world.forming.invitation.pk]),
    Row("clusters:invited", sees=EVERYBODY, acts=EVERYBODY, is_open=True),
    Row(
        "clusters:invited-with",
        sees=EVERYBODY,
        args=lambda world: [world.forming.invitation.code],
        is_open=True,
    ),
    Row("clusters:agreement", sees="amina", args=forming),
    Row("clusters:write", acts="amina", args=forming),
    Row("clusters:write-step", sees="amina", acts="amina", args=lambda world: [*forming(world), "words"]),
    Row("clusters:write-check", sees="amina", acts="amina", args=forming),
    Row("clusters:version", sees="amina", args=version),
    Row("clusters:version-changes", sees="amina", args=version),
    Row("clusters:sign", sees="amina", acts="amina", args=version),
    Row("clusters:admit", sees="amina", acts="amina", args=lambda world: [world.forming.wish.pk]),
    Row("clusters:agree-plan", sees="priya", acts="priya", args=wish),
    Row("clusters:heard", sees="", acts="", args=cluster),  # whom it is about: tests/clusters/test_heard.py
    Row("clusters:share", sees="amina", args=cluster),
    Row("clusters:share-more", sees="amina", acts="amina", args=cluster),
    Row("clusters:share-less", sees="amina", acts="amina", args=cluster),
    Row("clusters:share-check", sees="amina", acts="amina", args=cluster),
    Row("clusters:share-pause", sees="amina", acts="amina", args=cluster),
    Row("clusters:share-done", sees="amina", args=cluster),
    Row("commissioning:leave", sees="amina", acts="amina", args=cluster),
    Row("reports:what-if-for", sees="priya", acts="priya", args=wish),
    Row("reports:what-if", sees="amina ben", acts="amina ben", args=cluster),
    Row("clusters:decisions", sees="amina priya quinn carol farah", args=cluster),
    Row("clusters:decide", sees="amina", acts="amina", args=cluster),
    Row("clusters:decide-words", sees="amina", acts="amina", args=cluster),
    Row("clusters:decide-check", sees="amina", acts="amina", args=cluster),
    Row("clusters:decision", sees="amina priya quinn carol farah", args=question),
    Row("clusters:vote", sees="amina", acts="amina", args=question),
    Row("clusters:voted", sees="amina", args=question),
    Row("clusters:decided", sees="amina priya quinn carol farah", args=question),
    Row("clusters:stop", acts="amina", args=question, is_own=True),
    Row("clusters:papers", sees="priya quinn", args=question),
    Row(
        "clusters:paper-ballot",
        sees="priya quinn",
        acts="priya quinn",
        args=lambda world: [world.question.roll.get().pk],
    ),
    Row("commissioning:waiting", sees="carol away_carol"),
    Row("commissioning:contracts", sees="priya quinn carol farah away_priya away_carol away_farah"),
    Row("commissioning:contract", sees="amina priya quinn nora carol farah", args=contract),
    Row("commissioning:end", sees="amina carol", acts="amina carol", args=contract),
    Row("commissioning:change", sees=MAY_CHANGE, acts=MAY_CHANGE, args=contract),
    Row("commissioning:put-change", sees=MAY_CHANGE, acts="amina", args=lambda world: [world.change.pk]),
    Row(
        "commissioning:spend-reserve",
        sees="amina",
        acts="amina",
        args=lambda world: [world.request.contract_id],
    ),
    Row("commissioning:ask-again", sees=MAY_CHANGE, acts=MAY_CHANGE, args=lambda world: [world.sent_back.pk]),
    Row("commissioning:decide", sees="carol", acts="carol", args=lambda world: [world.request.pk]),
    Row("providers:providers", sees="priya quinn carol farah away_priya away_carol away_farah"),
    Row("commissioning:calls", sees="amina", args=cluster),
    Row("commissioning:call-step", sees="amina", acts="amina", args=lambda world: [*cluster(world), "what"]),
    Row("commissioning:call-check", sees="amina", acts="amina", args=cluster),
    Row("commissioning:call", sees=MAY_CHANGE, args=call),
    Row("commissioning:called", sees="amina", args=call),
    Row("commissioning:compare", sees=MAY_CHANGE, args=call),
    Row("commissioning:choose", sees="amina", acts="amina", args=call),
    Row("commissioning:take-call-back", sees="amina", acts="amina", args=call),
    Row("commissioning:none-suits", sees="amina", acts="amina", args=call),
    Row("commissioning:review", sees="amina", acts="amina", args=contract),
    Row("commissioning:unmet", sees="carol away_carol"),
    Row("commissioning:open-calls", sees="nora"),
    Row("commissioning:open-call", sees="nora", args=call),
    Row(
        "commissioning:make-offer",
        sees="nora",
        acts="nora",
        args=lambda world: [*call(world), *provider(world)],
    ),
    Row("commissioning:offer", sees="nora", args=offer),
    Row("commissioning:take-offer-back", sees="nora", acts="nora", args=offer),
    Row("providers:checks", sees="carol away_carol"),
    Row("providers:check", sees="carol", acts="carol", args=lambda world: [world.market.answer.pk]),
    Row("providers:test", sees="nora priya quinn carol farah", args=provider),
    Row("providers:answer", sees="nora", acts="nora", args=lambda world: [*provider(world), "sick-pay"]),
    Row("providers:profile", sees="nora", acts="nora", args=provider),
    Row("providers:keys", sees="nora carol farah", args=provider),
    Row("providers:make-key", sees="nora", acts="nora", args=provider),
    Row("providers:key", sees="nora carol farah", args=key),
    Row("providers:rotate-key", sees="nora", acts="nora", args=key),
    Row("providers:revoke-key", sees="nora carol farah", acts="nora carol farah", args=key),
    Row("reports:provider-home", sees="nora"),
    Row("plans:plan", sees="ben priya carol farah", args=plan),
    Row("plans:decide", sees="priya", acts="priya", args=plan),
    Row("reports:choose", sees="amina carol farah away_amina away_carol away_farah"),
    Row("reports:file", sees="carol farah", args=lambda world: [world.report.pk]),
    Row("reports:council-month", sees="carol farah", args=report_month),
    Row("reports:council-csv", sees="carol farah", args=report_month),
    Row("reports:council-pdf", acts="carol farah", args=report_month),
    Row("reports:council-clusters", sees="carol farah", args=report_month),
    Row("reports:cluster-month", sees="amina carol farah", args=cluster_month),
    Row("reports:cluster-csv", sees="amina carol farah", args=cluster_month),
    Row("reports:cluster-pdf", acts="amina carol farah", args=cluster_month),
    Row("reports:hand-over", sees="farah away_farah"),
    Row("reports:take-out", sees="farah", args=here_code),
    Row("reports:entries-file", sees="farah", args=lambda world: [*here_code(world), ON, ON, "csv"]),
    Row("reports:ledger-codes", sees="farah", args=here_code),
    Row("reports:set-ledger-code", sees="farah", acts="farah", args=here_code),
    Row("jobs:progress", sees="priya quinn carol farah", args=lambda world: [world.job.pk]),
    Row("jobs:try-again", acts="priya quinn carol farah", args=lambda world: [world.job.pk]),
    Row("reconciliation:months", sees="carol farah away_carol away_farah"),
    Row("reconciliation:run", acts="farah away_farah"),
    Row("reconciliation:month", sees="carol farah", args=month_end),
    Row("reconciliation:sign", sees="farah", acts="farah", args=month_end),
    Row("reconciliation:withdraw", sees="farah", acts="farah", args=month_end),
    Row("reconciliation:close", sees="farah", acts="farah", args=month_end),
    Row("reconciliation:findings", sees="carol farah", args=month_end),
    Row("reconciliation:explain", sees="farah", acts="farah", args=lambda world: [world.finding.pk]),
    Row("reconciliation:clusters", sees="carol farah", args=month_end),
    Row(
        "reconciliation:cluster", sees="carol farah", args=lambda world: [*month_end(world), *cluster(world)]
    ),
    Row("reconciliation:statement", sees="amina priya carol farah", args=statement),
    Row("reconciliation:line", sees="carol farah", args=lambda world: [world.line.pk]),
    Row("reconciliation:holds", sees="carol farah away_carol away_farah"),
    Row("reconciliation:release", sees="farah", acts="farah", args=hold),
    Row("reconciliation:split", sees="farah", acts="farah", args=hold),
    Row("reconciliation:reply-file", sees="", args=hold),  # a file: tests/reconciliation/test_replies.py
    Row("reconciliation:reject", sees="farah", acts="farah", args=hold),
    Row("invoices:payments", sees="carol farah away_carol away_farah"),
    Row("invoices:owed", sees="carol farah", args=here_council),
    Row("invoices:draft-run", sees="farah", acts="farah", args=here_council),
    Row("invoices:run", sees="carol farah", args=run),
    Row("invoices:review-run", acts="farah", args=run),
    Row("invoices:send-back", sees="farah", acts="farah", args=run),
    Row("invoices:approve-run", acts="farah", args=run),
    Row("invoices:cancel-run", sees="farah", acts="farah", args=run),
    Row("invoices:send-run", acts="farah", args=run),
    Row("invoices:bank-file", acts="farah", args=lambda world: [*run(world), "csv"]),
    Row("invoices:payment", sees="carol farah", args=payment),
    Row("invoices:leave-out", sees="farah", acts="farah", args=payment),
    Row("invoices:remittance", sees="nora carol farah", args=payment),
    Row("invoices:remittance-xml", sees="nora carol farah", args=payment),
    Row("invoices:document", sees="carol farah", args=lambda world: [world.line.invoice_id]),
    Row("invoices:payees", sees="carol farah", args=here_council),
    Row("invoices:payee", sees="nora farah", acts="nora farah", args=provider),
    Row("invoices:check-payee", sees="farah", acts="farah", args=lambda world: [world.account.pk]),
    Row("invoices:statements", sees="carol farah away_carol away_farah"),
    Row("invoices:bring-statement", sees="farah", acts="farah", args=here_council),
    Row("invoices:statement", sees="carol farah", args=lambda world: [world.bank_line.statement_id]),
    Row("invoices:bank-line", sees="carol farah", args=bank_line),
    Row("invoices:match-line", acts="farah", args=bank_line),
    Row("invoices:explain-line", acts="farah", args=bank_line),
    Row("invoices:paying-account", sees="farah", acts="farah", args=here_council),
    Row("invoices:visits", sees="carol farah away_carol away_farah"),
    Row("invoices:not-happened", sees="amina", acts="amina", args=lambda world: [world.line.pk]),
    Row("invoices:answer-visit", sees="farah", acts="farah", args=lambda world: [world.dispute.pk]),
    Row("invoices:late-change", sees="farah", acts="farah", args=lambda world: [world.line.service_id]),
    Row("invoices:webhooks", sees="nora"),
    Row("invoices:add-webhook", sees="nora", acts="nora"),
    Row("invoices:webhook", sees="nora", args=endpoint),
    Row("invoices:test-webhook", acts="nora", args=endpoint),
    Row("invoices:rotate-webhook", sees="nora", acts="nora", args=endpoint),
    Row("invoices:remove-webhook", sees="nora", acts="nora", args=endpoint),
    Row("invoices:send-again", acts="nora", args=lambda world: [world.market.delivery.pk]),
    Row("invoices:practice", sees="nora", acts="nora", args=provider),
    Row("invoices-api:invoices", sees="", acts="", stranger=401, is_open=True),
    Row(
        "invoices-api:invoice",
        sees="",
        args=lambda world: [world.line.invoice_id],
        stranger=401,
        is_open=True,
    ),
    Row("invoices-api:batches", acts="", stranger=401, is_open=True),
    Row("invoices-api:visits", sees="", acts="", stranger=401, is_open=True),
    Row("invoices-api:visit", sees="", args=lambda world: [world.line.pk], stranger=401, is_open=True),
    Row("invoices-api:reply", args=hold, stranger=401, is_open=True),
    Row("invoices-api:attachments", acts="", args=hold, stranger=401, is_open=True),
    Row(
        "invoices-api:attachment",
        sees="",
        args=lambda world: [*hold(world), world.line.pk],
        stranger=401,
        is_open=True,
    ),
    Row("invoices-api:contracts", sees="", stranger=401, is_open=True),
    Row(
        "invoices-api:contract",
        sees="",
        args=lambda world: [world.line.invoice.contract_id],
        stranger=401,
        is_open=True,
    ),
    Row("invoices-api:holds", sees="", stranger=401, is_open=True),
    Row("invoices-api:hold", sees="", args=hold, stranger=401, is_open=True),
    Row("invoices-api:payments", sees="", stranger=401, is_open=True),
    Row("invoices-api:payment", sees="", args=lambda world: [world.line.pk], stranger=401, is_open=True),
    Row("invoices-api:remittance", sees="", args=lambda world: [world.line.pk], stranger=401, is_open=True),
    Row(
        "api-token", acts="", stranger=415, is_open=True
    ),  # for systems: tests/commonpurse/test_sign_in_systems.py
    Row("api-schema", sees=EVERYBODY, is_open=True),
    Row("invoices:own-invoices", sees="nora"),
    Row("invoices:own-invoice", sees="nora", args=lambda world: [world.line.invoice_id]),
    Row("invoices:own-contracts", sees="nora"),
    Row("invoices:own-contract", sees="nora", args=contract),
    Row("invoices:write", sees="nora", acts="nora", args=lambda world: [*contract(world), "invoice"]),
    Row("invoices:upload", sees="nora", acts="nora"),
    Row("invoices:upload-template", sees="nora"),
    Row("invoices:uploaded", sees="nora", args=upload),
    Row("invoices:send-upload", acts="nora", args=upload),
    Row("invoices:upload-errors", sees="nora", args=upload),
    Row("invoices:own-holds", sees="nora"),
    Row("invoices:own-hold", sees="nora", acts="nora", args=hold),
    Row("invoices:own-attachment", sees="", args=hold),  # a file: tests/invoices/test_reply_page.py
    Row("invoices:own-payments", sees="nora"),
    Row("invoices:remittance-csv", sees="nora", args=payment),
    Row("api-docs", sees=EVERYBODY, is_open=True),
    Row("api-problems", sees=EVERYBODY, is_open=True),
]
