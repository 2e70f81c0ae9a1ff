-- hold_findings.sql: lines of the month, or from before, that are held now; they do not stop the month.
-- Values: month_end, run, council, end (exclusive).
INSERT INTO reconciliation_finding AS f (month_end_id, kind, is_blocking, owner, cluster_id, stream, line_id,
    expected_pence, found_pence, run, state, explanation)
SELECT %(month_end)s, 'held_line', false, h.owner, c.cluster_id, '', l.id, l.amount_pence, 0, %(run)s, 'open', ''
FROM invoices_hold h
JOIN invoices_invoiceline l ON l.id = h.line_id
JOIN invoices_invoice i ON i.id = l.invoice_id
JOIN commissioning_contract c ON c.id = i.contract_id
WHERE h.state = 'open' AND l.state = 'held' AND i.council_id = %(council)s AND l.service_date < %(end)s
ON CONFLICT (month_end_id, cluster_id, kind, membership_id, stream, line_id, entry_id) DO UPDATE SET
    run = excluded.run, owner = excluded.owner, state = CASE WHEN f.state = 'gone' THEN 'open' ELSE f.state END;

UPDATE reconciliation_finding SET state = 'gone'
WHERE month_end_id = %(month_end)s AND kind = 'held_line' AND run < %(run)s AND state <> 'gone';
