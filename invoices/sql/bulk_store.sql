-- bulk_store.sql: writes the documents and their lines, with what became of each, and empties the inbox of them.
-- Values: batch, council, by, due (the day holds are due); owners: a role for each reason.
INSERT INTO invoices_invoice (id, council_id, provider_id, contract_id, kind, number, issue_date, period_start_date,
                              period_end_date, total_pence, body_hash, received_at, received_by)
SELECT d.id, d.council_id, b.provider_id, d.contract_id, d.kind, d.number, d.issue_date, d.period_start_date,
    d.period_end_date, d.total_pence, d.body_hash, now(), %(by)s
FROM bulk_document b JOIN invoices_inboxdocument d USING (id);

INSERT INTO invoices_invoiceline (id, invoice_id, line_number, service_code, service_id, service_date, units,
    unit_rate_pence, amount_pence, member_ref, membership_id, state, entry_id)
SELECT id, invoice_id, line_number, service_code, CASE WHEN reason IS NULL THEN service_id END,
    service_date, units, unit_rate_pence, amount_pence, member_ref,
    CASE WHEN reason IS NULL THEN membership_id END,
    CASE WHEN reason IS NULL THEN 'accepted' ELSE 'held' END,
    CASE WHEN reason IS NULL AND amount_pence <> 0 THEN entry_id END
FROM bulk_line ORDER BY line_no;

INSERT INTO invoices_hold (id, line_id, reason, owner, due_date, state, opened_at, resolved_by, note)
SELECT uuidv7(), b.id, b.reason, %(owners)s::jsonb ->> b.reason, %(due)s, 'open', now(), '', ''
FROM bulk_line b WHERE b.reason IS NOT NULL;

DELETE FROM invoices_inboxline WHERE document_id IN (SELECT id FROM bulk_document);
DELETE FROM invoices_inboxdocument WHERE id IN (SELECT id FROM bulk_document);
