"""What a row of the table of addresses says: visitors by name, the row itself, and what stands in its address."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from invoices.models import Hold
from plans.queries import questions_of
from reports.rules.months import month_of
from tests.access.world import World
from tests.cast import ON

HERE = "amina ben priya quinn ruth carol farah"
AWAY = "away_amina away_ben away_priya away_carol away_farah"
PEOPLE = "amina ben away_amina away_ben"
SIGNED_IN = f"{HERE} nora robin sam {AWAY}"
PERSONS = "amina ben away_amina away_ben"
STAFF = "priya quinn ruth carol farah away_priya away_carol away_farah"
NOBODY = "nobody"
EVERYBODY = f"{NOBODY} {SIGNED_IN}"
MAY_CHANGE = "amina priya quinn ruth carol farah"


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


def ben(world: World) -> list[Any]:
    return [world.here.ben.pk]


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


def assessment(world: World) -> list[Any]:
    """Ben's, which is being written."""
    return [world.assessed.written.pk]


def indicative(world: World) -> list[Any]:
    """Amina's, one line of which she does not agree with."""
    return [world.assessed.challenge.indicative_id]


def challenge(world: World) -> list[Any]:
    return [world.assessed.challenge.pk]


def plan_draft(world: World) -> list[Any]:
    return [world.papers.need.plan_id]


def need(world: World) -> list[Any]:
    return [world.papers.need.plan_id, world.papers.need.pk]


def plan_file(world: World) -> list[Any]:
    return [world.papers.file.pk]


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


def draft(world: World) -> list[Any]:
    """A version of the council's resource allocation system that is being written."""
    return [world.draft.pk]


def ras_question(world: World) -> list[Any]:
    return [questions_of(world.draft)[0].pk]


def spend(world: World) -> list[Any]:
    """What Ben wrote down that he spent."""
    return [world.here.ben.spends.get().pk]


def recovery(world: World) -> list[Any]:
    """What is asked back of Ben's direct payment."""
    return [world.here.ben.recoveries.get().pk]


def contribution_challenge(world: World) -> list[Any]:
    """What Ben does not agree with in what he pays."""
    return [world.proposal.financial.challenges.get().pk]


def mark(world: World) -> list[Any]:
    """Amina's money is kept from Sam."""
    return [world.here.amina.marks.get(kept_from=world.sam.helper).pk]


def capacity(world: World) -> list[Any]:
    """What Amina cannot decide now, and does not agree with."""
    return [world.here.amina.capacity_records.get().pk]
