"""What a provider is asked, and where it may be. Pure: no Django."""

from providers.rules.ethics import GROUPS, ITEMS, WORDS_OF, EthicalScore, Group, Item
from providers.rules.lists import each_once
from providers.rules.near import Near, how_near
from providers.rules.units import amount_again, amount_words, unit_words, units_words

__all__ = [
    "GROUPS",
    "ITEMS",
    "WORDS_OF",
    "EthicalScore",
    "Group",
    "Item",
    "Near",
    "amount_again",
    "amount_words",
    "each_once",
    "how_near",
    "unit_words",
    "units_words",
]
