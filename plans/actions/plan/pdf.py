"""An agreed plan as a tagged PDF: asked for, drawn in the background, and kept."""

from hashlib import sha256
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from commonpurse.pdf import drawn_as_pdf
from jobs.actions import ask_for
from jobs.models import Job
from people.models import User
from plans.models import Plan, PlanFile
from plans.queries import MAKE_PDF, pdf_key, plan_in_words


@transaction.atomic
def ask_for_plan_pdf(*, plan: Plan, language: str, is_easy: bool, by: User) -> Job:
    """
    Have an agreed plan made as a PDF in a language, in usual or in easy words, and give the work to look at.

    Asking again gives the same work, and so the same file.
    """
    return ask_for(
        kind=MAKE_PDF,
        key=pdf_key(plan=plan, language=language, is_easy=is_easy, by=by),
        asked_by=by.label,
        payload={"plan": str(plan.pk), "language": language, "is_easy": is_easy},
        doing="Drawing the pages",
    )


@transaction.atomic
def make_plan_pdf(*, payload: dict[str, Any], by: str) -> PlanFile:
    """
    Draw the plan that was asked for and keep the file with its hash.

    :raises UnableToDraw: this machine cannot draw PDFs.
    """
    plan = Plan.objects.select_related(
        "person__council", "person__lead_professional", "agreed_by", "carer"
    ).get(pk=payload["plan"])
    with translation.override(payload["language"] or None):
        content = drawn_as_pdf(plan_on_paper(plan, is_easy=payload["is_easy"]))
    return PlanFile.objects.create(
        plan=plan,
        language=payload["language"],
        is_easy=payload["is_easy"],
        name=f"plan-{plan.version}.pdf",
        content=content,
        sha256=sha256(content).hexdigest(),
        made_by=by,
    )


def plan_on_paper(plan: Plan, *, is_easy: bool) -> str:
    """Give the words of a plan as they are drawn, in the language in use."""
    template = "easy/plans/pdf.html" if is_easy else "plans/pdf.html"
    return render_to_string(template, {"plan": plan, **plan_in_words(plan)})
