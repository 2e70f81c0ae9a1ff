-- holds.sql: lines of service up to the month's end that are still held, by reason, owner and age.
--
-- Values: council, cluster (null: every one), end (exclusive), on (the day the report is made).
SELECT h.reason, h.owner,
    CASE WHEN %(on)s - h.opened_at::date < 7 THEN 0 WHEN %(on)s - h.opened_at::date < 28 THEN 1 ELSE 2 END AS age,
    count(*) AS lines, sum(l.amount_pence)::bigint AS pence, count(*) FILTER (WHERE h.due_date < %(on)s) AS overdue
FROM invoices_hold h
JOIN invoices_invoiceline l ON l.id = h.line_id
JOIN invoices_invoice i ON i.id = l.invoice_id
JOIN commissioning_contract k ON k.id = i.contract_id
WHERE h.state = 'open' AND l.state = 'held' AND i.council_id = %(council)s AND l.service_date < %(end)s
    AND (%(cluster)s::uuid IS NULL OR k.cluster_id = %(cluster)s)
GROUP BY 1, 2, 3
ORDER BY lines DESC, 1, 2, 3
