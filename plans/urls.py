"""Addresses of assessments, and of care and support plans."""

from django.urls import path

from plans.views import plan
from plans.views.assessment import challenge, consent, own, write
from plans.views.ras import publish, versions
from plans.views.ras import write as ras

app_name = "plans"

urlpatterns = [
    path("<uuid:pk>/", plan.plan, name="plan"),
    path("<uuid:pk>/decide/", plan.decide, name="decide"),
    path("assess/<uuid:pk>/", write.begin, name="begin-assessment"),
    path("assessments/<uuid:pk>/", write.assessment, name="assessment"),
    path("assessments/<uuid:pk>/write/<int:step>/", write.write, name="write-assessment"),
    path("assessments/<uuid:pk>/finish/", write.finish, name="finish-assessment"),
    path("assessments/<uuid:pk>/new-questions/", write.renew, name="renew-questions"),
    path("assessments/<uuid:pk>/answers/", own.answers, name="own-answers"),
    path("assessments/<uuid:pk>/how/", own.how, name="how"),
    path("lines/<uuid:pk>/challenge/", own.challenge_line, name="challenge-line"),
    path("indicative/<uuid:pk>/challenge/", own.challenge_whole, name="challenge-whole"),
    path("challenges/<uuid:pk>/", challenge.challenge, name="challenge"),
    path("caring/", consent.caring, name="caring"),
    path("caring/<uuid:pk>/", consent.give, name="give-consent"),
    path("consents/<uuid:pk>/withdraw/", consent.withdraw, name="withdraw-consent"),
    path("consents/of/<uuid:pk>/", consent.record, name="record-consent"),
    path("ras/", versions.versions, name="ras"),
    path("ras/draft/", versions.draft, name="ras-draft"),
    path("ras/<uuid:pk>/", versions.version, name="ras-version"),
    path("ras/<uuid:pk>/changes/", versions.changes, name="ras-changes"),
    path("ras/<uuid:pk>/terms/", ras.terms, name="ras-terms"),
    path("ras/<uuid:pk>/bands/", ras.bands, name="ras-bands"),
    path("ras/<uuid:pk>/prices/", ras.prices, name="ras-prices"),
    path("ras/<uuid:pk>/questions/<slug:outcome>/", ras.new_question, name="ras-new-question"),
    path("ras/questions/<uuid:pk>/", ras.question, name="ras-question"),
    path("ras/questions/<uuid:pk>/drop/", ras.drop_question, name="ras-drop-question"),
    path("ras/<uuid:pk>/preview/", publish.preview, name="ras-preview"),
    path("ras/<uuid:pk>/publish/", publish.publish, name="ras-publish"),
    path("ras/<uuid:pk>/retire/", publish.retire, name="ras-retire"),
]
