"""The page of the sandbox: what the systems of a provider practise on, and starting over."""

import pytest
import time_machine
from django.urls import reverse

from invoices.actions.practice import enter_sandbox
from providers.models import Sandbox
from tests.cast import NINE
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.providers.makers import make_key, make_staff
from tests.visiting import answered, seen

pytestmark = pytest.mark.django_db


def test_shows_what_is_practised_on_and_starts_over() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-1")
    contract = make_contract(cluster=cluster)
    provider = contract.provider
    nora = make_staff(provider=provider)
    page = reverse("invoices:practice", args=[provider.pk])
    with time_machine.travel(NINE, tick=False):
        assert "There is no copy yet" in seen(nora, page)
        enter_sandbox(key=make_key(provider=provider, is_sandbox=True)[0], at=NINE)
        assert f"{contract.ref}: HC-HOUR at £20.00" in seen(nora, page)
        assert "Tick the box" in answered(nora, page)
        assert "You can start over ten minutes after that." in answered(nora, page, sure="on")
    with time_machine.travel(NINE.replace(minute=10), tick=False):
        assert "Your systems practise on your contracts as they are now." in answered(nora, page, sure="on")
    assert Sandbox.objects.filter(provider=provider).count() == 2
