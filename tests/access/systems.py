"""Addresses for providers' systems, which sign in with keys: to everybody in the table they answer 401."""

from tests.access.rows import Row, hold

OF_SYSTEMS = [
    Row("invoices-api:invoices", sees="", acts="", stranger=401, is_open=True),
    Row(
        "invoices-api:invoice",
        sees="",
        args=lambda world: [world.line.invoice_id],
        stranger=401,
        is_open=True,
    ),
    Row("invoices-api:batches", acts="", stranger=401, is_open=True),
    Row("invoices-api:visits", sees="", acts="", stranger=401, is_open=True),
    Row("invoices-api:visit", sees="", args=lambda world: [world.line.pk], stranger=401, is_open=True),
    Row("invoices-api:withdrawal", args=lambda world: [world.line.pk], stranger=401, is_open=True),
    Row("invoices-api:reply", args=hold, stranger=401, is_open=True),
    Row("invoices-api:attachments", acts="", args=hold, stranger=401, is_open=True),
    Row(
        "invoices-api:attachment",
        sees="",
        args=lambda world: [*hold(world), world.line.pk],
        stranger=401,
        is_open=True,
    ),
    Row("invoices-api:contracts", sees="", stranger=401, is_open=True),
    Row(
        "invoices-api:contract",
        sees="",
        args=lambda world: [world.line.invoice.contract_id],
        stranger=401,
        is_open=True,
    ),
    Row("invoices-api:holds", sees="", stranger=401, is_open=True),
    Row("invoices-api:hold", sees="", args=hold, stranger=401, is_open=True),
    Row("invoices-api:payments", sees="", stranger=401, is_open=True),
    Row("invoices-api:payment", sees="", args=lambda world: [world.line.pk], stranger=401, is_open=True),
    Row("invoices-api:remittance", sees="", args=lambda world: [world.line.pk], stranger=401, is_open=True),
]
