-- export_spent.sql: each member's share of spend by month of service, what was given back taken off.
-- Values: council.
SELECT to_char(l.service_date, 'YYYY-MM') AS month, m.ref,
    sum(CASE WHEN a.id = t.source_id THEN t.amount_pence ELSE -t.amount_pence END) AS spent_pence
FROM invoices_invoice i
JOIN invoices_invoiceline l ON l.invoice_id = i.id
JOIN ledger_transfer t ON t.entry_id = l.entry_id
JOIN ledger_account a ON a.id IN (t.source_id, t.target_id) AND a.kind IN ('pool_share', 'committed')
JOIN clusters_membership m ON m.id = a.owner_id
WHERE i.council_id = %(council)s AND l.state = 'accepted'
GROUP BY month, m.id, m.ref
ORDER BY month, m.ref, m.id
