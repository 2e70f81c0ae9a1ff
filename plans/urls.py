"""Addresses of assessments, and of care and support plans."""

from django.urls import path

from plans.views import capacity
from plans.views.assessment import challenge, consent, own
from plans.views.assessment import write as assess
from plans.views.plan import decide, files, needs, own_words, read, write
from plans.views.ras import publish, versions
from plans.views.ras import write as ras

app_name = "plans"

urlpatterns = [
    path("assess/<uuid:pk>/", assess.begin, name="begin-assessment"),
    path("assessments/<uuid:pk>/", assess.assessment, name="assessment"),
    path("assessments/<uuid:pk>/write/<int:step>/", assess.write, name="write-assessment"),
    path("assessments/<uuid:pk>/finish/", assess.finish, name="finish-assessment"),
    path("assessments/<uuid:pk>/new-questions/", assess.renew, name="renew-questions"),
    path("assessments/<uuid:pk>/answers/", own.answers, name="own-answers"),
    path("assessments/<uuid:pk>/how/", own.how, name="how"),
    path("lines/<uuid:pk>/challenge/", own.challenge_line, name="challenge-line"),
    path("indicative/<uuid:pk>/challenge/", own.challenge_whole, name="challenge-whole"),
    path("challenges/<uuid:pk>/", challenge.challenge, name="challenge"),
    path("capacity/of/<uuid:pk>/", capacity.capacity, name="capacity"),
    path("capacity/of/<uuid:pk>/new/", capacity.record, name="record-capacity"),
    path("capacity/<uuid:pk>/again/", capacity.look_again, name="look-again"),
    path("capacity/<uuid:pk>/decide/", capacity.decide, name="decide-for"),
    path("capacity/<uuid:pk>/disagree/", capacity.disagree, name="disagree-capacity"),
    path("capacity/answers/<uuid:pk>/", capacity.answer, name="answer-capacity"),
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
    path("mine/", own_words.mine, name="own-words"),
    path("mine/needs/", own_words.need, name="own-need"),
    path("to-agree/", decide.to_agree, name="to-agree"),
    path("of/<uuid:person>/", read.versions, name="versions"),
    path("of/<uuid:person>/begin/", write.begin, name="begin"),
    path("files/<uuid:pk>/", files.file, name="file"),
    path("<uuid:pk>/", read.plan, name="plan"),
    path("<uuid:pk>/changes/", read.changes, name="changes"),
    path("<uuid:pk>/write/", write.write, name="write"),
    path("<uuid:pk>/needs/", needs.needs, name="needs"),
    path("<uuid:pk>/needs/new/", needs.add_need, name="add-need"),
    path("<uuid:pk>/needs/<uuid:need>/take-out/", needs.take_out, name="take-out"),
    path("<uuid:pk>/hand-in/", write.hand_in, name="hand-in"),
    path("<uuid:pk>/decide/", decide.decide, name="decide"),
    path("<uuid:pk>/give/", decide.give, name="give"),
    path("<uuid:pk>/pdf/", files.pdf, name="pdf"),
]
