"""What can be asked about providers: whose key this is, what the regulator says of them, how they passed the test."""

from providers.queries.keys import hash_of, key_for
from providers.queries.standing import Standing, standing_of, standings

__all__ = ["Standing", "hash_of", "key_for", "standing_of", "standings"]
