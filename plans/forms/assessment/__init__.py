"""What the pages of assessments ask."""

from plans.forms.assessment.answers import AnswersForm, Row
from plans.forms.assessment.consent import CareForm, RecordedCareForm
from plans.forms.assessment.finish import AnswerChallengeForm, FindingsForm
from plans.forms.assessment.first import ChallengeForm, FirstForm

__all__ = [
    "AnswerChallengeForm",
    "AnswersForm",
    "CareForm",
    "ChallengeForm",
    "FindingsForm",
    "FirstForm",
    "RecordedCareForm",
    "Row",
]
