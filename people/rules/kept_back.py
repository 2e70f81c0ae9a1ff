"""What is kept from somebody who may be harming a person: every notice but those that surely say nothing of money."""

from people.rules.words import AMOUNT

# Declared one by one, so that a kind nobody thought of is kept back too.
WITHOUT_MONEY = frozenset(
    {
        "clusters_heard",
        "people_authority_withdrawn",
        "people_settings_changed",
        "plans_assessment_begun",
        "plans_review_called",
        "plans_reviewed",
    }
)
# Why a copy that waited to be sent was not; whoever was to get it never reads this, nor the copy.
KEPT_BACK = "Kept back."


def is_about_money(kind: str, words: str) -> bool:
    """Tell whether a notice of this kind, in these words, may say something about money."""
    return kind not in WITHOUT_MONEY or bool(AMOUNT.search(words))
