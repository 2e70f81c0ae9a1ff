"""
A pytest plugin for `make mutants`: pure tests without the house, so that each of 1,500 runs takes half a second.

No database and no settings but these: words are said in English. Hypothesis tries few examples, the same ones each time,
so that a change is noticed or not, and not by luck.
"""

from django.conf import settings
from hypothesis import settings as tried

settings.configure(USE_I18N=False)
tried.register_profile("mutants", max_examples=30, derandomize=True, database=None, deadline=None)
tried.load_profile("mutants")
