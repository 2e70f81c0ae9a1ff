"""Taking in bank statements: all of a file or nothing, once, and without a day missing."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction

from invoices.actions.statement.match import match_certain
from invoices.models import BankLine, BankStatement, PayingAccount, StatementFormat
from invoices.rules.statement import Statement, UnableToReadStatement, read_camt, read_statement_table
from invoices.rules.xml import UnableToReadXml, parse_xml
from people.models import Council, RoleKind, User

DAYS_TO_IDENTIFY = 5  # how long a line may stay unidentified before its page says it is late; ours


class UnableToImportStatement(Exception):
    """
    The file is refused whole, and nothing of it was stored. `place`: where in it; empty: all of it.

    It cannot be read, is of another account, leaves a gap, or says something else than the first time.
    """

    def __init__(self, words: str, *, place: str = "") -> None:
        super().__init__(words)
        self.place = place


def read_statements(data: bytes, *, file: str) -> tuple[StatementFormat, list[Statement]]:
    """
    Read a file as what it is: XML as camt.053, anything else as our CSV.

    :raises UnableToImportStatement: it is neither.
    """
    try:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return StatementFormat.CAMT, read_camt(parse_xml(data))
        return StatementFormat.CSV, [read_statement_table(data, file=file)]
    except UnableToReadStatement as trouble:
        raise UnableToImportStatement(str(trouble), place=trouble.place) from trouble
    except UnableToReadXml as trouble:
        place = f"line {trouble.line}" if trouble.line else ""
        raise UnableToImportStatement(str(trouble), place=place) from trouble


@transaction.atomic
def import_statements(
    *, council: Council, data: bytes, file: str, by: User, on: date, at: datetime
) -> list[BankStatement]:
    """
    Take in every statement of a file, in its order, and settle what is certain. The same again changes nothing.

    Certain is a line that names a payment of ours and is of its amount. Everything else waits for a person.

    :raises UnableToImportStatement: see the class.
    """
    if not by.has_role(RoleKind.FINANCE_OFFICER, council_id=council.pk):
        raise UnableToImportStatement("Only a finance officer of this council can bring in bank statements.")
    format_, statements = read_statements(data, file=file)
    # One file at a time: each statement follows the one before.
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    taken = [_take(one, format_, council=council, by=by, at=at) for one in statements]
    for statement, is_first in taken:
        if is_first:
            match_certain(statement=statement, on=on, at=at, by=f"system:statement {statement.pk}")
    return [statement for statement, _ in taken]


def _take(
    told: Statement, format_: StatementFormat, *, council: Council, by: User, at: datetime
) -> tuple[BankStatement, bool]:
    """Store a statement with its lines, or give the one that stands."""
    sort_code, account_number = told.account
    ours = PayingAccount.objects.filter(council=council, sort_code=sort_code, account_number=account_number)
    if not ours.exists():
        raise UnableToImportStatement(
            f"{council} does not pay from account {told.account}. Look whether this is the right file."
        )
    earlier = BankStatement.objects.filter(
        council=council, sort_code=sort_code, account_number=account_number
    )
    body_hash = _hash_of(told)
    same = earlier.filter(statement_ref=told.statement_ref).first()
    if same is not None:
        if bytes(same.body_hash) == body_hash:
            return same, False
        raise UnableToImportStatement(
            f"Statement {told.statement_ref} was brought in before, and said something else. "
            "Ask your bank which is right."
        )
    last = earlier.order_by("-place").first()
    if last is not None and last.closing_pence != told.opening_pence:
        raise UnableToImportStatement(
            f"Something is missing between the statements: the last one, {last.statement_ref}, closed on "
            f"{last.to_date:%-d %B %Y} with another balance than this one opens with. Bring in the one between first."
        )
    statement = BankStatement.objects.create(
        council=council,
        sort_code=sort_code,
        account_number=account_number,
        place=1 + (last.place if last else 0),
        statement_ref=told.statement_ref,
        from_date=told.from_date,
        to_date=told.to_date,
        opening_pence=told.opening_pence,
        closing_pence=told.closing_pence,
        format=format_,
        body_hash=body_hash,
        imported_at=at,
        imported_by=by,
    )
    _write_lines(statement, told)
    return statement, True


def _write_lines(statement: BankStatement, told: Statement) -> None:
    due_date = told.to_date + timedelta(days=DAYS_TO_IDENTIFY)
    BankLine.objects.bulk_create(
        [
            BankLine(statement=statement, place=place, due_date=due_date, **line._asdict())
            for place, line in enumerate(told.lines, start=1)
        ]
    )


def _hash_of(told: Statement) -> bytes:
    """Say what a statement said, whichever way it was written."""
    parts: Sequence[object] = (
        *told.account,
        told.statement_ref,
        told.opening_pence,
        told.closing_pence,
        *(field for line in told.lines for field in line),
    )
    return sha256("\x1f".join(str(part) for part in parts).encode()).digest()
