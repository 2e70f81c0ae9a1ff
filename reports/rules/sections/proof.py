"""What was not met, what is held, what the month end found and proved, and what the report leaves out."""

from reports.rules.commissioning import CommissioningReport, FindingGroup, Proof, Standing, Unmet
from reports.rules.layout import added_up
from reports.rules.months import in_words
from reports.rules.small_numbers import LEAST_PAYERS, LEAST_PEOPLE, people_said
from reports.rules.tables import Column, Kind, Row, Section, Table, Unsaid, day, said

STANDING_WORDS = {
    Standing.PROVISIONAL: (
        "Provisional: {month} has not been reconciled yet. These figures come straight from the books and may still "
        "change. There is no certificate and no seal."
    ),
    Standing.UNCLEAR: (
        "Provisional: the month end for {month} has run and something does not agree. The certificate says what. "
        "These figures may still change. There is no seal."
    ),
    Standing.RECONCILED: (
        "Provisional: the month end for {month} has run and everything agrees, and no finance officer has signed it "
        "yet. There is no seal."
    ),
    Standing.SIGNED: "Signed: {month} was reconciled and signed. It has no seal until its books are closed.",
    Standing.CERTIFIED: "Certified: {month} was reconciled, signed and closed. The seal is at the end of this report.",
}
STANDING_TAGS = {
    Standing.PROVISIONAL: "Provisional",
    Standing.UNCLEAR: "Provisional",
    Standing.RECONCILED: "Provisional",
    Standing.SIGNED: "Signed",
    Standing.CERTIFIED: "Certified",
}
TAG_COLOURS = {"Provisional": "yellow", "Signed": "blue", "Certified": "green"}


def standing_words(report: CommissioningReport) -> str:
    """Say how far the month has been proved."""
    return STANDING_WORDS[report.standing].format(month=in_words(report.subject.month))


def unmet_section(report: CommissioningReport) -> Section:
    """Tell what people wanted and did not get, as far as this system knows."""
    columns = (
        Column(key="what", label="What"),
        Column(key="count", label="How many", kind=Kind.COUNT, adds_up=False),
        Column(key="pence", label="Worth", kind=Kind.PENCE, adds_up=False),
    )

    def row_of(line: Unmet) -> Row:
        is_hidden = line.counts_people and report.subject.is_of_council
        count = people_said(line.count) if is_hidden else line.count
        return (line.words, count, Unsaid.NOTHING if line.pence is None else line.pence)

    rows = tuple(row_of(line) for line in report.unmet)
    return Section(
        key="unmet",
        title="What was not met",
        words=(f"What waits is told as it stood on {day(report.subject.made_on)}.",),
        table=Table(caption="What was not met", columns=columns, rows=rows),
        nothing="Nothing we know of was left unmet this month.",
    )


def hold_section(report: CommissioningReport) -> Section:
    """Tell which lines wait, for what, for whom and since when."""
    columns = (
        Column(key="reason", label="Reason"),
        Column(key="owner", label="Whose turn it is"),
        Column(key="age", label="Held for"),
        Column(key="lines", label="Lines", kind=Kind.COUNT),
        Column(key="overdue", label="Overdue", kind=Kind.COUNT),
        Column(key="pence", label="Worth", kind=Kind.PENCE),
    )
    rows: tuple[Row, ...] = tuple(
        (hold.reason, hold.owner, hold.age, hold.lines, hold.overdue, hold.pence) for hold in report.holds
    )
    total = added_up(rows, columns, "Together") if rows else None
    made = day(report.subject.made_on)
    return Section(
        key="holds",
        title="Held invoice lines",
        words=(f"Lines for care up to the end of the month that were still held on {made}.",),
        table=Table(caption="Held lines by reason, owner and age", columns=columns, rows=rows, total=total),
        nothing="No line is held.",
    )


def finding_section(report: CommissioningReport) -> Section:
    """Tell what the month end found, by kind."""
    columns = (
        Column(key="kind", label="Exception"),
        Column(key="owner", label="Whose turn it is"),
        Column(key="blocks", label="Stops the signature"),
        Column(key="count", label="How many", kind=Kind.COUNT),
        Column(key="pence", label="Difference", kind=Kind.PENCE),
    )

    def row_of(each: FindingGroup) -> Row:
        count = people_said(each.count) if each.counts_people and report.subject.is_of_council else each.count
        pence = Unsaid.NOTHING if count == Unsaid.FEW else each.pence
        return (each.kind, each.owner, "Yes" if each.is_blocking else "No", count, pence)

    rows = tuple(row_of(each) for each in report.findings)
    is_run = report.standing != Standing.PROVISIONAL
    return Section(
        key="findings",
        title="Exceptions",
        table=Table(caption="Exceptions of the month end", columns=columns, rows=rows),
        nothing="The month end found no exceptions." if is_run else "The month end has not run yet.",
    )


def certificate_section(report: CommissioningReport) -> Section:
    """Tell what the month end proved, who signed it, and the seal of the month in the books."""
    columns = (
        Column(key="invariant", label="What was checked"),
        Column(key="expected", label="Expected"),
        Column(key="found", label="Found"),
        Column(key="holds", label="Agrees"),
    )
    proofs = report.certificate.proofs if report.certificate else ()
    rows = tuple(_proof_row(proof) for proof in proofs)
    return Section(
        key="certificate",
        title="Certificate and seal",
        words=(standing_words(report), *_signature(report)),
        table=Table(caption="What the month end checked", columns=columns, rows=rows),
        nothing="There is no certificate until the month end has run.",
    )


def note_section(report: CommissioningReport) -> Section:
    """Tell how to read the report and what is not in it."""
    words = [
        "A month counts what was posted to the books in it. A line that came after its month was closed counts in "
        "the month it was posted in.",
        "What people reached is in the reviews of their plans, and not in this report.",
    ]
    if report.subject.is_of_council:
        words.append(
            f"To keep people from being told apart, counts of fewer than {LEAST_PEOPLE} people are not given, and "
            f"lines about the money of fewer than {LEAST_PAYERS} people are put together, with the next smallest "
            "line where one alone could be worked out."
        )
    return Section(key="notes", title="How to read this report", words=tuple(words))


def _proof_row(proof: Proof) -> Row:
    """Write one thing that was checked; some are money, some are counts."""
    kind = Kind.PENCE if proof.is_money else Kind.COUNT
    return (proof.words, said(proof.expected, kind), said(proof.found, kind), "Yes" if proof.holds else "No")


def _signature(report: CommissioningReport) -> list[str]:
    """Say who signed and what the seal is, as far as there is one."""
    certificate = report.certificate
    if certificate is None:
        return []
    words = []
    if certificate.signed_at is not None:
        words.append(f"Signed on {day(certificate.signed_at.date())} by {certificate.signed_by}.")
    if certificate.seal:
        words.append(f"Seal over {certificate.entries:,} entries: {certificate.seal}")
    if certificate.previous_seal:
        words.append(f"Seal of the month before: {certificate.previous_seal}")
    return words
