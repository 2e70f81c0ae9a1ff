-- lines_again.sql: lays out the plain lines too, of clusters where something differs, so that each can be looked at by
-- itself. Values: start, end (exclusive).
INSERT INTO month_line
SELECT (SELECT count(*) FROM month_line) + row_number() OVER (), l.id, l.entry_id, (uuid_hash(l.entry_id) & 1073741823)::bigint,
    l.invoice_id, l.line_number, s.no, s.cluster_id, s.rule, l.service_date, l.units, l.amount_pence, l.membership_id,
    l.corrected_line_id
FROM month_service s
CROSS JOIN LATERAL (
    SELECT * FROM invoices_invoiceline l
    WHERE l.service_id = s.service_id AND l.service_date >= %(start)s AND l.service_date < %(end)s AND l.state = 'accepted'
    OFFSET 0) l
WHERE s.rule = 'by_use' AND s.cluster_id IN (SELECT cluster_id FROM month_money WHERE differs)
    AND NOT EXISTS (SELECT FROM month_line x WHERE x.id = l.id)
