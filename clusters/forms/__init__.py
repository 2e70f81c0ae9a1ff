"""The questions of a cluster: one file for each use of them."""

from clusters.forms.admit import MembersWordForm
from clusters.forms.agree_plan import PlanAgreementForm
from clusters.forms.ask import HowMuchForm

__all__ = ["HowMuchForm", "MembersWordForm", "PlanAgreementForm"]
