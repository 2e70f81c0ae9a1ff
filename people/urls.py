"""Addresses of what belongs to whoever is signed in: settings, the council's own look, helpers, letters."""

from django.urls import path

from people.views import (
    acting,
    brand,
    death,
    helping,
    letters,
    looked,
    marks,
    policy,
    post,
    settings,
    welcome,
)

app_name = "people"
urlpatterns = [
    path("settings/", settings.settings, name="settings"),
    path("settings/not-now/", settings.not_now, name="settings-not-now"),
    path("settings/brand/", brand.brand, name="brand"),
    path("policy/", policy.policy, name="policy"),
    path("policy/<slug:code>/", policy.policy_value, name="policy-value"),
    path("policy/values/<uuid:pk>/end/", policy.end_policy, name="end-policy"),
    path("brand/<uuid:pk>/<int:version>.css", brand.brand_sheet, name="brand-sheet"),
    path("acting-for/", acting.acting_for, name="acting-for"),
    path("helpers/", helping.helpers, name="helpers"),
    path("helpers/new/", helping.give, name="give"),
    path("helpers/<uuid:pk>/end/", helping.end, name="end-helper"),
    path("my-people/new/", welcome.new_person, name="new-person"),
    path("my-people/<uuid:pk>/helpers/", helping.helpers_of_person, name="helpers-of"),
    path("my-people/<uuid:pk>/helpers/new/", helping.give_for_person, name="give-for"),
    path("my-people/<uuid:pk>/death/", death.death, name="death"),
    path("my-people/<uuid:pk>/money-kept/", marks.marks, name="marks"),
    path("my-people/<uuid:pk>/money-kept/new/", marks.mark, name="mark"),
    path("money-kept/<uuid:pk>/end/", marks.end, name="end-mark"),
    path("who-has-looked/", looked.looked, name="looked"),
    path("my-people/<uuid:pk>/who-has-looked/", looked.looked_of_person, name="looked-of"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<uuid:pk>/", letters.letter, name="letter"),
    path("letters/<uuid:pk>/print/", letters.letter_print, name="letter-print"),
    path("post/", post.post, name="post"),
    path("post/<uuid:pk>/", post.post_letter, name="post-letter"),
]
