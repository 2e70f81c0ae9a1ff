"""What can be asked of the work."""

from typing import NamedTuple

from jobs.models import Job, JobState


class Progress(NamedTuple):
    """How far a piece of work has come: `done` of `total` steps, and the words for it."""

    done: int
    total: int
    words: str

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: it says 100 only when everything is done."""
        return 100 * self.done // self.total if self.total else 100


def progress_of(job: Job) -> Progress:
    """Count a job's parts, or its own steps where it has none. One query."""
    states = list(job.parts.values_list("state", flat=True))
    if job.state == JobState.DONE:
        return Progress(len(states) or job.total, len(states) or job.total, "Done")
    if job.state == JobState.FAILED:
        return Progress(states.count(JobState.DONE), len(states) or job.total, "Stopped")
    done, total = (states.count(JobState.DONE), len(states) + 1) if states else (job.done, job.total)
    if job.started_at is None:
        return Progress(done, total, "Waiting for its turn")
    if states and done == len(states):
        return Progress(done, total, "Putting the results together")
    return Progress(done, total, job.doing or "Working on it")
