"""
Addresses for those who administer a council; nobody in the table is one of them. A team manager checks keys too.

What they see and do: tests/people/test_policy_pages.py, tests/plans/test_ras_pages.py.
"""

from tests.access.rows import Row, draft, here_council, ras_question

OF_ADMINISTRATORS = [
    Row("moving:our-keys", sees=""),  # keys: tests/moving/test_pages.py
    Row("moving:keys", sees="ruth", acts="", args=here_council),
    Row("moving:make-key", acts="", args=here_council),
    Row("moving:key-file", sees="ruth", args=here_council),
    Row("moving:check-key", sees="ruth", acts="ruth", args=lambda world: [world.moves.known.pk]),
    Row("moving:end-key", acts="", args=lambda world: [world.moves.known.pk]),
    Row("people:policy", sees=""),
    Row("people:policy-value", sees="", acts="", args=lambda _: ["pea_weekly_pence"]),
    Row("people:end-policy", sees="", acts="", args=lambda world: [world.policy.pk]),
    Row("plans:ras", sees=""),
    Row("plans:ras-draft", acts=""),
    Row("plans:ras-version", sees="", args=draft),
    Row("plans:ras-changes", sees="", args=draft),
    Row("plans:ras-terms", sees="", acts="", args=draft),
    Row("plans:ras-bands", sees="", acts="", args=draft),
    Row("plans:ras-prices", sees="", acts="", args=draft),
    Row("plans:ras-new-question", sees="", acts="", args=lambda world: [*draft(world), "work"]),
    Row("plans:ras-question", sees="", acts="", args=ras_question),
    Row("plans:ras-drop-question", acts="", args=ras_question),
    Row("plans:ras-preview", sees="", acts="", args=draft),
    Row("plans:ras-publish", sees="", acts="", args=draft),
    Row("plans:ras-retire", sees="", acts="", args=lambda world: [world.draft.copied_from_id]),
]
