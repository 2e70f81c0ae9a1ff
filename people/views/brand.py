"""A council's own colours: the page that sets them, and the stylesheet that every page of its people takes."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from commonpurse.pages import SignedIn, page
from people import actions
from people.forms.brand import BrandForm
from people.models import Brand
from people.queries import administered_by

SAVED = "Saved. The pages of {council} have these colours from now on."
FOR_A_YEAR = "public, max-age=31536000, immutable"


@require_http_methods(["GET", "POST"])
def brand(request: SignedIn) -> HttpResponse:
    """Choose the colours of the council one administers."""
    council = administered_by(request.user)
    if council is None:
        raise Http404
    form = BrandForm(request.POST or None, brand=Brand.objects.filter(council=council).first())
    if form.is_valid():
        try:
            actions.set_brand(council=council, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.UnableToSetBrand as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, SAVED.format(council=council))
            return redirect("people:brand")
    return page(request, "people/brand.html", form=form, council=council)


@login_not_required
@require_safe
def brand_sheet(request: HttpRequest, pk: UUID, version: int) -> HttpResponse:
    """
    Give a council's colours as a stylesheet of custom properties; there is nothing personal in it.

    Its address changes with the colours (`version`), so browsers may keep it for a year.
    """
    colours = get_object_or_404(Brand, council=pk)
    sheet = render(request, "people/brand.css", {"brand": colours}, content_type="text/css; charset=utf-8")
    sheet.headers["Cache-Control"] = FOR_A_YEAR if colours.version == version else "no-cache"
    return sheet
