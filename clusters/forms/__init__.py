"""The questions of a cluster: one file for each use of them."""

from clusters.forms.admit import MembersWordForm
from clusters.forms.agree_plan import PlanAgreementForm
from clusters.forms.agreement import AgreementStep, answers_from, form_of, missing_in, steps_of
from clusters.forms.ask import HowMuchForm
from clusters.forms.decisions import (
    SIMPLE_KINDS,
    PaperBallotForm,
    QuestionForm,
    VoteForm,
    WhatToDecideForm,
)
from clusters.forms.found import FOUND_STEPS, FoundStep, SizeForm
from clusters.forms.hold import HoldForm
from clusters.forms.invite import CodeForm, as_made

__all__ = [
    "FOUND_STEPS",
    "SIMPLE_KINDS",
    "AgreementStep",
    "CodeForm",
    "FoundStep",
    "HoldForm",
    "HowMuchForm",
    "MembersWordForm",
    "PaperBallotForm",
    "PlanAgreementForm",
    "QuestionForm",
    "SizeForm",
    "VoteForm",
    "WhatToDecideForm",
    "answers_from",
    "as_made",
    "form_of",
    "missing_in",
    "steps_of",
]
