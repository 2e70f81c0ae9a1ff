"""Folders of made-up councils for tests: a tiny one by hand, and larger ones thrown by dice."""

import json
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import Any

Files = dict[str, str]
STREAMS = ("contribution", "council", "health")
SERVICES = (
    ("HC-HOUR", "by_use", 2251, "9"),
    ("SESSION", "equal", 17553, ""),
    ("MINIBUS", "by_pledge", 6467, "60"),
)


def make_folder() -> Files:
    """Ashdown: two people in one cluster, one contract, one invoice of one shared session."""
    return {
        "council.json": json.dumps(
            {"code": "ASH", "name": "Ashdown Council", "year_starts": "2026-04-01", "year_ends": "2027-04-01"}
        ),
        "people.csv": "person_ref,name\nP-1,Amina Yusuf\nP-2,Bob Lane\n",
        "budgets.csv": "person_ref,starts,ends,stream,annual_pence\n"
        "P-1,2026-04-01,2027-04-01,council,100000\nP-2,2026-04-01,2027-04-01,council,100000\n",
        "providers.csv": "provider_ref,name\nPR-1,Northgate Care\n",
        "clusters.csv": "cluster_ref,name\nCL-1,Elm Street\n",
        "memberships.csv": "membership_ref,cluster_ref,person_ref,joined_date,left_date\n"
        "M-1,CL-1,P-1,2026-04-01,\nM-2,CL-1,P-2,2026-04-01,\n",
        "pledges.csv": "membership_ref,stream,amount_pence,effective_date\n"
        "M-1,council,60000,2026-04-01\nM-2,council,60000,2026-04-01\n",
        "contracts.csv": "contract_ref,cluster_ref,provider_ref,starts,ends\nK-1,CL-1,PR-1,2026-04-01,2027-04-01\n",
        "contract_services.csv": "contract_ref,service_code,description,unit,unit_rate_pence,sharing_rule\n"
        "K-1,SESSION,Music,session,1001,equal\n",
        "invoices.jsonl": json.dumps(make_document()) + "\n",
    }


def make_document(**changes: Any) -> dict[str, Any]:
    """One invoice of one session that fits the tiny council."""
    line = {
        "line_number": 1,
        "service_code": "SESSION",
        "service_date": "2026-04-09",
        "units": "1",
        "unit_rate_pence": 1001,
        "amount_pence": 1001,
    }
    document = {
        "type": "invoice",
        "number": "INV-1",
        "provider_ref": "PR-1",
        "contract_ref": "K-1",
        "issue_date": "2026-04-30",
        "period_start": "2026-04-01",
        "period_end": "2026-04-30",
        "lines": [line],
        "total_pence": 1001,
    }
    return document | changes


def write_folder(folder: Path, files: Files) -> Path:
    """Put the files on the disk."""
    folder.mkdir(exist_ok=True)
    for name, said in files.items():
        (folder / name).write_text(said, encoding="utf-8")
    return folder


def throw_folder(seed: int, *, is_plain: bool = False) -> Files:
    """
    A council thrown by dice: people who come mid-month, leave and return, three streams, pledges raised later.

    One cluster buys the same service under two contracts that share it differently, and its two providers use the
    same invoice numbers. Some lines are wrong in every way there is, some money runs out, some lines are credited;
    but a plain council has no credit notes and enough of everything.
    """
    dice = Random(seed)
    files = make_folder() | {"council.json": make_folder()["council.json"].replace("ASH", f"D{seed}")}
    people = [f"P-{number}" for number in range(1, 13)]
    files["people.csv"] = "person_ref,name\n" + "".join(f"{ref},Person {ref}\n" for ref in people)
    files["budgets.csv"] = "person_ref,starts,ends,stream,annual_pence,delivery\n" + "".join(
        f"{ref},2026-04-01,2027-04-01,{stream},90000000,isf\n" for ref in people for stream in STREAMS
    )
    files["providers.csv"] = "provider_ref,name\nPR-1,Northgate\nPR-2,Southgate\n"
    files["clusters.csv"] = "cluster_ref,name\nCL-1,Elm Street\nCL-2,Music\n"
    files["memberships.csv"], files["pledges.csv"] = _throw_members(
        dice, people, pledges_pence=(20_000_000, 40_000_000) if is_plain else (1, 200_000)
    )
    files["contracts.csv"] = "contract_ref,cluster_ref,provider_ref,starts,ends\n" + "".join(
        f"K-{cluster}{provider},CL-{cluster},PR-{provider},2026-04-03,2026-07-01\n"
        for cluster in (1, 2)
        for provider in (1, 2)
    )
    header = "contract_ref,service_code,description,unit,unit_rate_pence,sharing_rule,max_units\n"
    files["contract_services.csv"] = header + "".join(
        f'K-{contract},{code},"Care, together",hour,{rate},{_turned(rule, contract)},{"" if is_plain else limit}\n'
        for contract in ("11", "12", "21", "22")
        for code, rule, rate, limit in SERVICES
    )
    files["invoices.jsonl"] = "".join(
        json.dumps(document) + "\n" for document in _throw_documents(dice, credited=0 if is_plain else 0.5)
    )
    return files


def _turned(rule: str, contract: str) -> str:
    """Share by pledge under one of the contracts what the others share by use."""
    return "by_pledge" if contract == "12" and rule == "by_use" else rule


def _throw_members(dice: Random, people: list[str], *, pledges_pence: tuple[int, int]) -> tuple[str, str]:
    memberships = "membership_ref,cluster_ref,person_ref,joined_date,left_date\n"
    pledges = "membership_ref,stream,amount_pence,effective_date\n"
    for number, person in enumerate(people, start=1):
        cluster = f"CL-{1 + number % 2}"
        joined = date(2026, 4, 1) + timedelta(days=dice.choice([0, 0, 0, 11, 20]))
        left = dice.choice(["", "", "2026-05-12"])
        memberships += f"M-{number},{cluster},{person},{joined},{left}\n"
        spans = [(f"M-{number}", joined)]
        if left:
            memberships += f"M-{number}b,{cluster},{person},2026-05-20,\n"
            spans.append((f"M-{number}b", date(2026, 5, 20)))
        for membership, start in spans:
            for stream in dice.sample(STREAMS, dice.choice([1, 2, 3])):
                pledges += f"{membership},{stream},{dice.randint(*pledges_pence)},{start}\n"
                if dice.random() < 0.3:
                    pledges += f"{membership},{stream},{dice.randint(1, 9_999)},{start + timedelta(days=9)}\n"
    return memberships, pledges


def _throw_documents(dice: Random, *, credited: float) -> list[dict[str, Any]]:
    documents: list[dict[str, Any]] = []
    for number in range(1, 9):
        for contract in ("11", "12", "21", "22"):
            place = {"provider_ref": f"PR-{contract[1]}", "contract_ref": f"K-{contract}"}
            lines = [_throw_line(dice, nth) for nth in range(1, 9)]
            lines.append(dice.choice(lines) | {"line_number": 9})
            total = sum(line["amount_pence"] for line in lines)
            said = make_document(number=f"N-{contract[0]}{number}", lines=lines, total_pence=total) | place
            documents.append(said)
            if dice.random() < credited:
                documents.append(_throw_credit(dice, said))
    return documents


def _throw_line(dice: Random, nth: int) -> dict[str, Any]:
    code, _, rate, _ = dice.choice(SERVICES)
    units = dice.choice(["1", "0.75", "1.5", "2.25", "0.3333"])
    rate += dice.choice([0] * 12 + [1])
    amount = int((Decimal(units) * rate).quantize(Decimal(1), ROUND_HALF_UP)) + dice.choice([0] * 12 + [-1])
    line = {
        "line_number": nth,
        "service_code": dice.choice([code] * 12 + ["NO-SUCH"]),
        "service_date": str(date(2026, 4, 2) + timedelta(days=dice.randint(0, 59))),
        "units": units,
        "unit_rate_pence": rate,
        "amount_pence": amount,
    }
    if code == "HC-HOUR":
        line["member_ref"] = f"M-{dice.randint(1, 12)}"
    return line


def _throw_credit(dice: Random, invoice: dict[str, Any]) -> dict[str, Any]:
    """A credit note of part of one line, on the day of that line."""
    line = dice.choice(invoice["lines"])
    amount = -dice.randint(1, max(1, line["amount_pence"]))
    credit = {name: value for name, value in line.items() if name != "member_ref"}
    credit |= {"line_number": 1, "units": "0", "amount_pence": amount, "corrects_line": line["line_number"]}
    return invoice | {
        "type": "credit_note",
        "number": f"CN-{invoice['number']}",
        "corrects": invoice["number"],
        "lines": [credit],
        "total_pence": amount,
    }
