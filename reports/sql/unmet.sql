-- unmet.sql: what people wanted and did not get, as far as this system knows.
--
-- Values: council, book, cluster (null: every one), month, end (exclusive): the report's month.
WITH contract AS (
    SELECT k.* FROM commissioning_contract k
    WHERE k.council_id = %(council)s AND (%(cluster)s::uuid IS NULL OR k.cluster_id = %(cluster)s)
),
running AS (
    SELECT k.*, greatest(least(k.end_date, %(end)s) - greatest(k.start_date, %(month)s), 0) AS days
    FROM contract k
    WHERE k.state IN ('approved', 'ended') AND k.start_date < %(end)s AND k.end_date > %(month)s
),
delivered AS (
    SELECT s.contract_id, sum(CASE WHEN e.reverses_id IS NULL THEN l.amount_pence ELSE -l.amount_pence END) AS pence
    FROM ledger_entry e
    JOIN invoices_invoiceline l ON l.entry_id = coalesce(e.reverses_id, e.id)
    JOIN commissioning_contractservice s ON s.id = l.service_id
    WHERE e.book_id = %(book)s AND e.effective_date >= %(month)s AND e.effective_date < %(end)s
    GROUP BY s.contract_id
),
short AS (
    SELECT round(r.weekly_pence * r.days / 7.0)::bigint - coalesce(d.pence, 0) AS pence
    FROM running r LEFT JOIN delivered d ON d.contract_id = r.id
    WHERE round(r.weekly_pence * r.days / 7.0) > coalesce(d.pence, 0)
),
held AS (
    SELECT h.reason, l.amount_pence FROM invoices_hold h
    JOIN invoices_invoiceline l ON l.id = h.line_id
    JOIN invoices_invoice i ON i.id = l.invoice_id
    JOIN contract k ON k.id = i.contract_id
    WHERE h.state = 'open' AND l.service_date >= %(month)s AND l.service_date < %(end)s
),
cluster AS (
    SELECT c.* FROM clusters_cluster c
    WHERE c.council_id = %(council)s AND (%(cluster)s::uuid IS NULL OR c.id = %(cluster)s)
)
SELECT 'no_offer' AS what, count(*) AS times, NULL::bigint AS pence
FROM commissioning_unmetdemand u
JOIN commissioning_call a ON a.id = u.call_id
JOIN cluster c ON c.id = a.cluster_id
WHERE (u.recorded_at AT TIME ZONE 'Europe/London')::date >= %(month)s
    AND (u.recorded_at AT TIME ZONE 'Europe/London')::date < %(end)s
UNION ALL
SELECT 'no_money', count(*), coalesce(sum(amount_pence), 0)::bigint
FROM held WHERE reason = 'insufficient_funds'
UNION ALL
SELECT 'no_units', count(*), coalesce(sum(amount_pence), 0)::bigint FROM held WHERE reason = 'units_exceeded'
UNION ALL
SELECT 'delivered_less', count(*), coalesce(sum(pence), 0)::bigint FROM short
UNION ALL
SELECT 'waits_for_approval', count(*), coalesce(sum(weekly_pence * 52 + one_off_pence), 0)::bigint
FROM contract WHERE state = 'requested'
UNION ALL
SELECT 'sent_back', count(*), coalesce(sum(weekly_pence * 52 + one_off_pence), 0)::bigint
FROM contract WHERE state = 'returned'
UNION ALL
SELECT 'buys_nothing', count(*), NULL
FROM cluster c WHERE c.state = 'active' AND NOT EXISTS (SELECT FROM running r WHERE r.cluster_id = c.id)
UNION ALL
SELECT 'asked_to_join', count(*), NULL
FROM clusters_membership m JOIN cluster c ON c.id = m.cluster_id
WHERE m.state IN ('asked', 'members_agreed', 'plan_agreed')
