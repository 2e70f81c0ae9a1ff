-- bought.sql: how much was delivered, and what the same would have cost alone, by service and by cluster.
--
-- Values: book, cluster (null: every one), start, end (exclusive), month (first day of the report's month).
-- A credit that names no units takes back as many as its amount buys at its rate.
WITH line AS (
    SELECT s.code, s.unit, k.cluster_id, s.alone_rate_pence, e.effective_date >= %(month)s AS in_month,
        way.sign * l.amount_pence AS pence,
        way.sign * CASE WHEN l.corrects_line IS NULL THEN l.units
                        WHEN l.units = 0 THEN round(l.amount_pence::numeric / nullif(l.unit_rate_pence, 0), 4)
                        ELSE -abs(l.units) END AS units
    FROM ledger_entry e
    JOIN invoices_invoiceline l ON l.entry_id = coalesce(e.reverses_id, e.id)
    JOIN commissioning_contractservice s ON s.id = l.service_id
    JOIN commissioning_contract k ON k.id = s.contract_id
    CROSS JOIN LATERAL (SELECT CASE WHEN e.reverses_id IS NULL THEN 1 ELSE -1 END AS sign) way
    WHERE e.book_id = %(book)s AND e.effective_date >= %(start)s AND e.effective_date < %(end)s
        AND (%(cluster)s::uuid IS NULL OR k.cluster_id = %(cluster)s)
)
SELECT
    CASE grouping(code, cluster_id) WHEN 1 THEN 'service' WHEN 2 THEN 'cluster' ELSE 'total' END AS told_by,
    coalesce(code, cluster_id::text, '') AS key,
    coalesce(unit, '') AS unit,
    coalesce(sum(units) FILTER (WHERE in_month), 0) AS month_units,
    coalesce(sum(units), 0) AS year_units,
    coalesce(sum(pence), 0)::bigint AS year_pence,
    coalesce(sum(units) FILTER (WHERE alone_rate_pence IS NOT NULL), 0) AS known_units,
    coalesce(sum(pence) FILTER (WHERE alone_rate_pence IS NOT NULL), 0)::bigint AS known_pence,
    coalesce(sum(round(units * alone_rate_pence)) FILTER (WHERE alone_rate_pence IS NOT NULL), 0)::bigint AS alone_pence
FROM line
GROUP BY GROUPING SETS ((), (code, unit), (cluster_id))
