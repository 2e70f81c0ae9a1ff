"""Addresses of a cluster: starting one, joining it, what it agrees, and what it decides."""

from django.urls import path

from clusters.views import admit, agree_plan, agreement, ask, beginning, draft, found, invite, paper, share
from clusters.views.decisions import every, new, one

app_name = "clusters"

urlpatterns = [
    path("found/check/", found.check, name="found-check"),
    path("found/for/<uuid:pk>/", found.begin_for, name="found-for"),
    path("found/<slug:step>/", found.question, name="found"),
    path("<uuid:pk>/founded/", found.founded, name="founded"),
    path("<uuid:pk>/beginning/", beginning.beginning, name="beginning"),
    path("<uuid:pk>/begin/", beginning.begin, name="begin"),
    path("<uuid:pk>/invite/", invite.invite, name="invite"),
    path("invitations/<uuid:pk>/withdraw/", invite.withdraw, name="withdraw-invitation"),
    path("invited/", invite.invited, name="invited"),
    path("invited/<str:code>/", invite.invited_with, name="invited-with"),
    path("<uuid:pk>/agreement/", agreement.agreement, name="agreement"),
    path("<uuid:pk>/agreement/write/", draft.write, name="write"),
    path("<uuid:pk>/agreement/write/check/", draft.check, name="write-check"),
    path("<uuid:pk>/agreement/write/<slug:step>/", draft.question, name="write-step"),
    path("agreements/<uuid:pk>/", agreement.version, name="version"),
    path("agreements/<uuid:pk>/changes/", agreement.changes, name="version-changes"),
    path("agreements/<uuid:pk>/sign/", agreement.sign, name="sign"),
    path("<uuid:pk>/ask/", ask.how_much, name="ask"),
    path("<uuid:pk>/ask/what-is-left/", ask.what_is_left, name="ask-left"),
    path("<uuid:pk>/ask/who-agrees/", ask.who_agrees, name="ask-who"),
    path("<uuid:pk>/ask/check/", ask.check, name="ask-check"),
    path("<uuid:pk>/decisions/", every.decisions, name="decisions"),
    path("<uuid:pk>/decide/", new.what, name="decide"),
    path("<uuid:pk>/decide/words/", new.words, name="decide-words"),
    path("<uuid:pk>/decide/check/", new.check, name="decide-check"),
    path("decisions/<uuid:pk>/", one.decision, name="decision"),
    path("decisions/<uuid:pk>/vote/", one.vote, name="vote"),
    path("decisions/<uuid:pk>/voted/", one.voted, name="voted"),
    path("decisions/<uuid:pk>/result/", one.decided, name="decided"),
    path("decisions/<uuid:pk>/stop/", one.stop, name="stop"),
    path("decisions/<uuid:pk>/papers/", paper.papers, name="papers"),
    path("papers/<uuid:pk>/", paper.paper_ballot, name="paper-ballot"),
    path("<uuid:pk>/share/", share.share, name="share"),
    path("<uuid:pk>/share/more/", share.more, name="share-more"),
    path("<uuid:pk>/share/less/", share.less, name="share-less"),
    path("<uuid:pk>/share/check/", share.check, name="share-check"),
    path("<uuid:pk>/share/pause/", share.pause_or_resume, name="share-pause"),
    path("<uuid:pk>/share/done/", share.done, name="share-done"),
    path("asked/<uuid:pk>/", ask.asked, name="asked"),
    path("asking/<uuid:pk>/", admit.admit, name="admit"),
    path("joining/<uuid:pk>/", agree_plan.agree_plan, name="agree-plan"),
]
