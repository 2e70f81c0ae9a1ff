-- invoices.sql: a document's total is what its lines said when it came in, before anybody put a line right.
WITH said AS (
    SELECT l.invoice_id, sum(coalesce((c.before ->> 'amount_pence')::bigint, l.amount_pence)) AS pence
    FROM invoices_invoiceline l
    LEFT JOIN (SELECT DISTINCT ON (line_id) line_id, before FROM invoices_correction ORDER BY line_id, corrected_at, id) c
        ON c.line_id = l.id
    GROUP BY l.invoice_id
)
SELECT 'invoices_invoice', i.id, 'says another total in pence than its lines', coalesce(s.pence, 0)::text, i.total_pence::text
FROM invoices_invoice i LEFT JOIN said s ON s.invoice_id = i.id
WHERE i.total_pence <> coalesce(s.pence, 0) AND (%(council)s::uuid IS NULL OR i.council_id = %(council)s)
