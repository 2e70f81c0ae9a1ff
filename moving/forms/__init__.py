"""What is asked on the pages of moving."""

from moving.forms.agree import AgreeForm
from moving.forms.keeping import FingerprintForm, KeyForm, PackForm

__all__ = ["AgreeForm", "FingerprintForm", "KeyForm", "PackForm"]
