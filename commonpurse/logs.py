"""Logs: one event and its fields a line, on standard error. References only; never a name, an address or a need."""

from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter

STEPS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def log_settings(*, level: str, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING: JSON for machines, plain lines for the person at the demo."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *STEPS, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    last = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": ProcessorFormatter,
                "foreign_pre_chain": STEPS,
                "processors": [ProcessorFormatter.remove_processors_meta, last],
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # A line for every request, with the user's number in it: more than we want to keep about people.
            "django_structlog": {"level": "WARNING"},
            # Seven lines for every PDF, between the words of the command that makes it.
            "weasyprint.progress": {"level": "WARNING"},
        },
    }
