"""What is done to sealed columns as a whole: sealing them in a migration, and sealing them anew with the newest key."""

from sealing.actions.columns import SealColumns
from sealing.actions.reseal import Resealed, UnableToReseal, reseal

__all__ = ["Resealed", "SealColumns", "UnableToReseal", "reseal"]
