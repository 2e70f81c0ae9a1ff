"""
A council's shares worked out another way: in exact fractions, slowly, from the folder's files alone.

It knows nothing of the product. What it says follows the rules of the data's README, one after the other.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from hashlib import sha256
from math import floor
from typing import Any

Row = dict[str, str]
Answers = dict[str, list[str]]


class Reckoning:
    """Goes through the documents in order and keeps what every pledge has left."""

    def __init__(self, files: Mapping[str, str]) -> None:
        def table(name: str) -> list[Row]:
            return list(csv.DictReader(files[name].splitlines()))

        self.members = {row["membership_ref"]: row for row in table("memberships.csv")}
        self.contracts = {row["contract_ref"]: row for row in table("contracts.csv")}
        self.services = {
            (row["contract_ref"], row["service_code"]): row for row in table("contract_services.csv")
        }
        self.pledges = table("pledges.csv")
        self.left: dict[tuple[str, str], int] = defaultdict(int)
        for row in self.pledges:
            self.left[row["membership_ref"], row["stream"]] += int(row["amount_pence"])
        self.accepted: dict[tuple[str, str, int], dict[str, Any]] = {}
        self.used: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
        self.visits: set[tuple[Any, ...]] = set()
        self.shares: list[str] = []
        self.held: list[str] = []
        self.spent: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for line in files["invoices.jsonl"].splitlines():
            self.take(json.loads(line))

    def take(self, document: dict[str, Any]) -> None:
        """Take the lines of one document in order."""
        for line in document["lines"]:
            reason = self.deal_with(document, line)
            if reason:
                self.held.append(f"{document['number']},{line['line_number']},{reason}")

    def deal_with(self, document: dict[str, Any], line: dict[str, Any]) -> str:
        """Share one line, or give the first reason why not."""
        contract = self.contracts[document["contract_ref"]]
        tie, service = (document["number"], line["line_number"]), line["service_code"]
        named = line.get("member_ref", "")
        if document["type"] == "credit_note":
            place = (document["provider_ref"], document["corrects"], line["corrects_line"])
            if place not in self.accepted:
                return "corrected_line_not_accepted"
            tie, service = (document["corrects"], line["corrects_line"]), self.accepted[place]["service_code"]
            named = self.accepted[place].get("member_ref", "")
        else:
            reason = self.first_wrong(contract, line)
            if reason:
                return reason
        terms = self.services[contract["contract_ref"], service]
        parts = self.share(contract, terms["sharing_rule"], line, named, tie)
        if any(self.left[place] < pence for place, pence in parts.items()):
            return "insufficient_funds"
        self.keep(document, line, parts)
        return ""

    def first_wrong(self, contract: Row, line: dict[str, Any]) -> str:
        """Give the first reason that the contract has against a line."""
        terms = self.services.get((contract["contract_ref"], line["service_code"]))
        units, day = Fraction(line["units"]), line["service_date"]
        if terms is None:
            return "unknown_service"
        rate, by_use = int(terms["unit_rate_pence"]), terms["sharing_rule"] == "by_use"
        visit = (contract["contract_ref"], terms["service_code"], day, line.get("member_ref"), units)
        used = self.used[contract["contract_ref"], terms["service_code"]]
        reasons = {
            "outside_contract": not contract["starts"] <= day < contract["ends"],
            "rate_mismatch": line["unit_rate_pence"] != rate,
            "amount_mismatch": line["amount_pence"] != floor(units * rate + Fraction(1, 2)),
            "member_not_active": by_use
            and line.get("member_ref") not in self.active(contract["cluster_ref"], day),
            "duplicate_line": by_use and visit in self.visits,
            "units_exceeded": terms["max_units"] != "" and used + units > Fraction(terms["max_units"]),
        }
        return next((reason for reason, applies in reasons.items() if applies), "")

    def active(self, cluster: str, day: str) -> list[str]:
        """Give who was a member that day."""
        return [
            ref
            for ref, row in self.members.items()
            if row["cluster_ref"] == cluster
            and row["joined_date"] <= day
            and (not row["left_date"] or day < row["left_date"])
        ]

    def pledged(self, member: str, day: str) -> dict[str, int]:
        """Give what a member had pledged from each stream by then."""
        found: dict[str, int] = defaultdict(int)
        for row in self.pledges:
            if row["membership_ref"] == member and row["effective_date"] <= day:
                found[row["stream"]] += int(row["amount_pence"])
        return found

    def share(
        self, contract: Row, rule: str, line: dict[str, Any], named: str, tie: tuple[str, int]
    ) -> dict[tuple[str, str], int]:
        """Share an amount over members and their streams; below zero for a credit."""
        day, amount = line["service_date"], line["amount_pence"]
        payers = [named] if rule == "by_use" else self.active(contract["cluster_ref"], day)
        weights = {
            payer: sum(self.pledged(payer, day).values()) if rule == "by_pledge" else 1 for payer in payers
        }
        keys = {payer: sha256(f"{tie[0]}:{tie[1]}:{payer}".encode()).hexdigest() for payer in payers}
        parts: dict[tuple[str, str], int] = {}
        for payer, part in largest_remainder(abs(amount), weights, keys).items():
            streams = self.pledged(payer, day)
            for stream, pence in largest_remainder(part, streams, {code: code for code in streams}).items():
                parts[payer, stream] = pence if amount >= 0 else -pence
        return parts

    def keep(self, document: dict[str, Any], line: dict[str, Any], parts: dict[tuple[str, str], int]) -> None:
        """Write an accepted line down."""
        self.accepted[document["provider_ref"], document["number"], line["line_number"]] = line
        if document["type"] == "invoice":
            place = (document["contract_ref"], line["service_code"])
            self.used[place] += Fraction(line["units"])
            visit = (*place, line["service_date"], line.get("member_ref"), Fraction(line["units"]))
            self.visits.add(visit)
        for (member, stream), pence in parts.items():
            if pence:
                self.left[member, stream] -= pence
                self.shares.append(f"{document['number']},{line['line_number']},{member},{stream},{pence}")
                self.spent[line["service_date"][:7]][member] += pence

    def answers(self) -> Answers:
        """Give the lines of every file, headers left out, sorted."""
        files = {"shares.csv": self.shares, "held.csv": self.held}
        files["left.csv"] = [f"{member},{stream},{pence}" for (member, stream), pence in self.left.items()]
        for month, spent in self.spent.items():
            files[f"spent-{month}.csv"] = [f"{member},{pence}" for member, pence in spent.items()]
        return {name: sorted(lines) for name, lines in files.items()}


def largest_remainder(total: int, weights: Mapping[str, int], order: Mapping[str, str]) -> dict[str, int]:
    """Share pence in proportion: rounded down, the pennies left over to the largest fractions."""
    whole = sum(weights.values())
    exact = {name: Fraction(total * weight, whole) for name, weight in weights.items()}
    shares = {name: floor(share) for name, share in exact.items()}
    neediest = sorted(weights, key=lambda name: (shares[name] - exact[name], order[name]))
    for name in neediest[: total - sum(shares.values())]:
        shares[name] += 1
    return shares
