"""The rules of what people hand to us, pure: tables read strictly, cell by cell."""

from people.rules.cells import choice, code, day, number, pence, text, units, us_day, web_address, yes_or_no
from people.rules.tables import Column, Fault, Row, Table, decode, read_table

__all__ = [
    "Column",
    "Fault",
    "Row",
    "Table",
    "choice",
    "code",
    "day",
    "decode",
    "number",
    "pence",
    "read_table",
    "text",
    "units",
    "us_day",
    "web_address",
    "yes_or_no",
]
