"""Which version of an agreement says who pays, day by day."""

from datetime import date

from clusters.rules.away import AwaySpan, SignedVersion, spans_of, version_on

FIRST = SignedVersion(1, date(2026, 4, 1), "others_cover", "reserve_covers")
SECOND = SignedVersion(2, date(2026, 5, 10), "pays_anyway", "others_cover")


def test_a_version_counts_from_the_day_after_it_was_signed() -> None:
    assert version_on([FIRST, SECOND], date(2026, 5, 10)) == FIRST
    assert version_on([FIRST, SECOND], date(2026, 5, 11)) == SECOND


def test_the_first_version_counts_for_the_days_before_it() -> None:
    assert version_on([SECOND, FIRST], date(2026, 3, 1)) == FIRST
    assert version_on([], date(2026, 3, 1)) is None


def test_who_pays_turns_with_the_version_and_goes_by_the_cause() -> None:
    days = {"start_date": date(2026, 5, 8), "end_date": date(2026, 5, 15), "versions": [FIRST, SECOND]}
    assert spans_of(cause="holiday", **days) == [  # type: ignore[arg-type]
        AwaySpan(date(2026, 5, 8), date(2026, 5, 11), "others_cover"),
        AwaySpan(date(2026, 5, 11), date(2026, 5, 15), "pays_anyway"),
    ]
    assert [span.who_pays for span in spans_of(cause="illness", **days)] == [  # type: ignore[arg-type]
        "reserve_covers",
        "others_cover",
    ]


def test_without_an_agreement_everybody_pays() -> None:
    spans = spans_of(start_date=date(2026, 5, 8), end_date=date(2026, 5, 9), cause="illness", versions=[])
    assert spans == [AwaySpan(date(2026, 5, 8), date(2026, 5, 9), "pays_anyway")]


def test_nothing_is_left_of_what_was_taken_back_whole() -> None:
    day = date(2026, 5, 8)
    assert spans_of(start_date=day, end_date=day, cause="holiday", versions=[FIRST]) == []
