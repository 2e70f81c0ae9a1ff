"""Providers are told what a payment is for, once it is on its way."""

import pytest
from django.urls import reverse

from invoices.actions.pay import send_run
from people.models import Channel, Notice
from providers.models import Provider, ProviderStaff
from tests.invoices.paying import AT, make_desk, make_draft, make_sent
from tests.people.makers import make_user

pytestmark = pytest.mark.django_db


def employ(provider: Provider, *, is_active: bool = True) -> ProviderStaff:
    """Somebody who works for a provider."""
    user = make_user(name="Nora Provider")
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    return ProviderStaff.objects.create(user=user, provider=provider)


def test_tells_the_people_of_a_provider_with_no_amount_in_the_subject() -> None:
    desk = make_desk()
    nora = employ(desk.provider).user
    payment = make_sent(desk).payments.get()
    letter = Notice.objects.get(kind="invoices_remittance")
    assert (letter.user, letter.channel) == (nora, Channel.EMAIL)
    assert letter.subject == "A payment to you is on its way"
    assert "£100.00" in letter.words
    assert payment.reference in letter.words
    assert "Thursday 4 June 2026" in letter.words
    assert letter.about == reverse("invoices:remittance", args=[payment.pk])


def test_tells_each_once_and_nobody_who_has_left() -> None:
    desk = make_desk()
    employ(desk.provider)
    employ(desk.provider)
    employ(desk.provider, is_active=False)
    run = make_sent(desk)
    send_run(run=run, by=desk.farah, at=AT)
    assert Notice.objects.filter(kind="invoices_remittance").count() == 2


def test_tells_nobody_of_a_draft_nor_of_what_is_left_out() -> None:
    desk = make_desk()
    employ(desk.provider)
    employ(make_desk().provider)
    make_draft(desk)
    assert not Notice.objects.exists()
