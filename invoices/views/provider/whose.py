"""For which providers somebody works; the pages are not there for anybody else."""

from django.http import Http404

from commonpurse.pages import SignedIn
from providers.models import Provider


def employers_of(request: SignedIn) -> list[Provider]:
    """
    Give the providers somebody works for, by name.

    :raises Http404: they work for none.
    """
    employers = list(
        Provider.objects.filter(staff__user=request.user).select_related("council").order_by("name", "pk")
    )
    if not employers:
        raise Http404
    return employers
