-- export_held.sql: every line that is held, and its first reason.
-- Values: council.
SELECT i.number, l.line_number, h.reason
FROM invoices_invoice i
JOIN invoices_invoiceline l ON l.invoice_id = i.id
JOIN invoices_hold h ON h.line_id = l.id AND h.state = 'open'
WHERE i.council_id = %(council)s AND l.state = 'held'
ORDER BY i.id, l.line_number
