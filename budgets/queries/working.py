"""The working of a contribution and the parts of a statement, line by line, in the words of whoever reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from budgets.models import Allowance, BudgetStatement, FinancialAssessment, StatementPart
from budgets.rules.contribution import Step
from budgets.rules.streams import StreamRules, easy_holding_words, holding_words

# What a line is called, and what it means; short enough for easy words too.
WORDS = {
    Step.CAPITAL: (
        _("What you have saved"),
        _("Savings and other things you own. The home you live in does not count."),
    ),
    Step.INCOME: (
        _("What you get each week"),
        _("Pensions, benefits and other income."),
    ),
    Step.TARIFF: (
        _("What we add for your savings"),
        _("The law says to count a little each week for savings above a limit."),
    ),
    Step.DISREGARDS: (
        _("What does not count"),
        _("The law leaves some income out."),
    ),
    Step.DRE: (
        _("What your disability costs you"),
        _("For example more heating, special food, or washing. We take it off."),
    ),
    Step.PAYS: (_("What you can pay each week"), ""),
}
KEEPS = {
    Allowance.MIG: (
        _("What you keep to live on"),
        _("Nobody may leave you with less than this each week."),
    ),
    Allowance.PEA: (
        _("What you keep for yourself"),
        _("In a care home, this is yours to spend as you like."),
    ),
}


@dataclass(frozen=True, kw_only=True)
class WorkingLine:
    """One line of how a contribution was worked out: its words, what it means, its pence and where it was read."""

    step: str
    words: str
    meaning: str
    pence: int | None
    source: str

    @property
    def is_total(self) -> bool:
        """Tell whether it is what the other lines come to."""
        return self.step == Step.PAYS

    @property
    def counts(self) -> bool:
        """Tell whether it is added up: what somebody has saved only stands behind another line."""
        return self.step != Step.CAPITAL


@dataclass(frozen=True, kw_only=True)
class PartLine:
    """What one stream pays, in pence each week and once, how it is held, and the rules of its kind of money."""

    part: StatementPart
    rules: StreamRules
    held: str
    easy_held: str


def working_of(assessment: FinancialAssessment) -> list[WorkingLine]:
    """Give every line of how a contribution was worked out, in the language in use."""
    return working_lines(assessment.lines, allowance=assessment.allowance)


def working_lines(lines: Sequence[Mapping[str, Any]], *, allowance: str) -> list[WorkingLine]:
    """Say lines of a working in the language in use."""
    return [_line(line, Allowance(allowance)) for line in lines]


def parts_of(statement: BudgetStatement) -> list[PartLine]:
    """Give the parts of a statement, each with what holds for its money, in the language in use."""
    return [
        PartLine(
            part=part,
            rules=part.stream.rules,
            held=holding_words(part.delivery, part.holder),
            easy_held=easy_holding_words(part.delivery, part.holder),
        )
        for part in statement.parts.all()
    ]


def line_words(step: str, allowance: str) -> str:
    """Say what a line of a working is called, in the language in use."""
    return gettext(_said_of(Step(step), Allowance(allowance))[0])


def _said_of(step: Step, allowance: Allowance) -> tuple[str, str]:
    return KEEPS[allowance] if step == Step.ALLOWANCE else WORDS[step]


def _line(line: Mapping[str, Any], allowance: Allowance) -> WorkingLine:
    step = Step(line["step"])
    words, meaning = _said_of(step, allowance)
    return WorkingLine(
        step=step,
        words=gettext(words),
        meaning=gettext(meaning) if meaning else "",
        pence=line["pence"],
        source=line["source"],
    )
