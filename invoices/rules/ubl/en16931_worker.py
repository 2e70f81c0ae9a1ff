"""
A process of its own that holds documents against all rules of EN 16931: it can be ended when one takes too long.

It reads a document's length and bytes from standard input and answers a line of JSON, until its input ends. It is given
what we understood and wrote anew, never what a stranger sent.
"""

import json
import sys
from typing import Any, BinaryIO

from lxml import etree

from invoices.rules.ubl.schema import folder

RULES = "EN16931-UBL-validation.xslt"
FAILED = "{http://purl.oclc.org/dsdl/svrl}failed-assert"
MOST = 100


def main(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer documents until there are no more."""
    from saxonche import PySaxonProcessor  # late: it is an optional extra, and takes a moment

    with PySaxonProcessor(license=False) as processor:
        rules = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(folder() / RULES))
        while length := asked.readline().strip():
            document = processor.parse_xml(xml_text=asked.read(int(length)).decode())
            report = rules.transform_to_string(xdm_node=document)
            answers.write(json.dumps(_failed(report)).encode() + b"\n")
            answers.flush()


def _failed(report: str) -> list[dict[str, Any]]:
    """Pick what failed out of the report: the rule, its words, and where."""
    found = etree.fromstring(report.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    fatal = [each for each in found.iter(FAILED) if each.get("flag") == "fatal"]
    return [
        {"rule": each.get("id"), "words": "".join(each.itertext()).strip(), "place": each.get("location")}
        for each in fatal[:MOST]
    ]


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
