"""The rules of what people hand to us and get from us, pure: tables read strictly, cell by cell, and written safely."""

from people.rules.cells import choice, code, day, number, pence, text, units, us_day, web_address, yes_or_no
from people.rules.tables import Column, Fault, Row, Table, decode, read_table
from people.rules.written import safe_text, write_table

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
    "safe_text",
    "text",
    "units",
    "us_day",
    "web_address",
    "write_table",
    "yes_or_no",
]
