"""Clusters as a Django application."""

from django.apps import AppConfig


class ClustersConfig(AppConfig):
    """Clusters, their members, pledges and decisions."""

    name = "clusters"

    def ready(self) -> None:
        """Let a plan say which of its needs a cluster meets."""
        from clusters.queries.met import needs_met  # models need the registry first
        from plans.queries import MET_FURTHER_UP

        MET_FURTHER_UP.append(needs_met)
