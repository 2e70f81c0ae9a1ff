"""Tables that people open in a spreadsheet."""

from people.rules import write_table


def test_runs_nothing_and_writes_numbers_as_they_are() -> None:
    written = write_table(["ref", "pence"], [["=1+1", -20_00], ["@SUM(A1)", 3], ['say "so", then', None]])
    assert written == 'ref,pence\r\n\'=1+1,-2000\r\n\'@SUM(A1),3\r\n"say ""so"", then",\r\n'
