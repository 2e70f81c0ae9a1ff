"""What can be asked about people: who may act for whom, how they want to be told, and which policy holds."""

from people.queries.acting import (
    acting_label,
    acting_refusal,
    authority_of,
    helped_by,
    helpers_of,
    leads,
    may_act_for,
    may_record_death,
    may_withdraw,
    refusal_of,
    speaks_for,
    works_for,
)
from people.queries.notices import (
    Fact,
    channel_of,
    copies_of,
    done_by,
    language_in,
    language_of,
    settings_of,
    social_worker_of,
    words_of,
)
from people.queries.policy import policies_on, policy_on

__all__ = [
    "Fact",
    "acting_label",
    "acting_refusal",
    "authority_of",
    "channel_of",
    "copies_of",
    "done_by",
    "helped_by",
    "helpers_of",
    "language_in",
    "language_of",
    "leads",
    "may_act_for",
    "may_record_death",
    "may_withdraw",
    "policies_on",
    "policy_on",
    "refusal_of",
    "settings_of",
    "social_worker_of",
    "speaks_for",
    "words_of",
    "works_for",
]
