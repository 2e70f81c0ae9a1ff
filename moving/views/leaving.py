"""The page of somebody's move away: agreed, sent, and what was sent."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clusters.models import Membership
from commonpurse.pages import SignedIn, page
from moving import actions
from moving.forms import AgreeForm
from moving.models import Move
from moving.queries import Obstacle, copy_of, in_the_way, move_of, stays_behind, trusted_by
from people.models import Part, Person, Scope
from people.queries import leads, may_act_for


def _may_look(request: SignedIn, pk: UUID) -> Person:
    """Give somebody who is oneself, helped or led, and note who looked; a stranger learns nothing."""
    user = request.user
    people = Person.objects.visible_to(user).select_related("council", "lead_professional")
    person = get_object_or_404(people, pk=pk)
    if not may_act_for(user, person, scope=Scope.SEE, on=timezone.localdate()):
        raise Http404
    request.shows(person, Part.PLAN)
    return person


@require_GET
def leaving(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show how far somebody's move is, and what has to be done before the pack is sent."""
    person = _may_look(request, pk)
    move, today = move_of(person), timezone.localdate()
    waits = move is not None and move.sent_at is None
    is_own = request.is_own(person)
    obstacles = in_the_way(person=person, moved_date=move.moved_date) if move and waits else []
    return page(
        request,
        "moving/leaving.html",
        person=person,
        move=move,
        is_led=leads(request.user, person),
        is_own=is_own,
        is_gone=person.moved_date is not None and person.moved_date <= today,
        obstacles=[_said(one, to_them=is_own) for one in obstacles],
        stays=stays_behind(person) if waits else [],
        councils=[] if move else trusted_by(person.council),
    )


def _said(obstacle: Obstacle, *, to_them: bool) -> tuple[str, str]:
    """Say what comes first, and where it is done, to the person or to whoever works with them."""
    return (obstacle.to_them, obstacle.for_them) if to_them else (obstacle.words, obstacle.for_lead)


@require_http_methods(["GET", "POST"])
def agree(request: SignedIn, pk: UUID) -> HttpResponse:
    """Agree to move: where, when, and what goes along."""
    person = _may_look(request, pk)
    is_led = leads(request.user, person) and person.user_id != request.user.pk
    form = AgreeForm(request.POST or None, councils=trusted_by(person.council), is_led=is_led)
    if form.is_valid():
        try:
            actions.agree_to_move(person=person, wishes=form.wishes(), by=request.user, at=timezone.now())
        except actions.UnableToMove as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Nothing is sent yet."))
            return redirect("moving:leaving", pk=pk)
    return page(
        request,
        "moving/agree.html",
        person=person,
        form=form,
        is_led=is_led,
        signs_in=person.user_id is not None,
        is_in_cluster=Membership.objects.in_the_pool().filter(person=person).exists(),
    )


@require_POST
def take_back(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take an agreement to move back."""
    move = get_object_or_404(Move.objects.standing(), person=_may_look(request, pk))
    try:
        actions.take_back_move(move=move, by=request.user, at=timezone.now())
    except actions.UnableToMove as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is taken back. Nothing was sent."))
    return redirect("moving:leaving", pk=pk)


@require_POST
def send(request: SignedIn, pk: UUID) -> HttpResponse:
    """Make the pack, as their professional. From the day they agreed to, the other council looks after them."""
    person = _may_look(request, pk)
    if not leads(request.user, person):
        raise Http404
    move = get_object_or_404(Move.objects.standing(), person=person)
    try:
        actions.send_pack(move=move, pack_id=uuid4(), by=request.user, at=timezone.now())
    except actions.UnableToMove as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The pack is made. Take the file and send it to the other council."))
    return redirect("moving:leaving", pk=pk)


@require_GET
def pack(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give the professional the sealed file. Only the other council can open it."""
    person = _may_look(request, pk)
    if not leads(request.user, person):
        raise Http404
    move = get_object_or_404(Move.objects.standing(), person=person, sent_at__isnull=False)
    answer = HttpResponse(bytes(move.pack or b""), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="pack-{move.pack_id}.json"'
    return answer


@require_GET
def sent_copy(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show the person what was sent, word by word."""
    person = _may_look(request, pk)
    move = get_object_or_404(
        Move.objects.standing().select_related("to"), person=person, sent_at__isnull=False
    )
    return page(request, "moving/copy.html", person=person, move=move, contents=copy_of(move))
