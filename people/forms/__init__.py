"""The questions about whoever is signed in: how things should be, and who acts for them; a file for each use."""

from people.forms.acting import WhomForm
from people.forms.authority import GiveForm
from people.forms.death import DeathForm
from people.forms.welcome import NewPersonForm

__all__ = ["DeathForm", "GiveForm", "NewPersonForm", "WhomForm"]
