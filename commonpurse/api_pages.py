"""The public pages about the API: its description, a page to try it, and what each problem means."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from commonpurse.api_guide import steps
from commonpurse.pages import page
from commonpurse.problems import every_kind
from commonpurse.sign_in.systems import TokenView


@login_not_required
@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Say what each problem means and what the sender can do about it; every problem's `type` leads here."""
    return page(request, "commonpurse/api_problems.html", kinds=every_kind().items())


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show a provider's developer their first ten minutes, to paste."""
    return page(request, "commonpurse/api_guide.html", steps=steps(settings.SITE_ADDRESS.rstrip("/")))


# Public on purpose: whoever writes a provider's system reads these before they have a token.
schema = login_not_required(SpectacularAPIView.as_view())
docs = login_not_required(
    SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="commonpurse/api_docs.html")
)

urlpatterns = [
    path("token", TokenView.as_view(), name="api-token"),
    path("schema/", schema, name="api-schema"),
    path("guide/", guide, name="api-guide"),
    path("docs/", docs, name="api-docs"),
    path("problems/", problems, name="api-problems"),
]
