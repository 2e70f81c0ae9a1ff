"""What a cluster is held to, and how its votes are counted. Pure: no Django."""

from clusters.rules.size import USUAL_SIZE, Size

__all__ = ["USUAL_SIZE", "Size"]
