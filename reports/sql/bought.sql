-- bought.sql: how much was delivered, and what the same would have cost alone, by service and by cluster.
--
-- Values: book, cluster (null: every one), start, open_from (the first month that is not signed), end (exclusive),
-- month (first day of the report's month), finals (the month ends that are signed), council.
-- A credit that names no units takes back as many as its amount buys at its rate; an adjustment may also add some.
-- `shared` counts units once for each member who pays a part of them: that is how many one would have to buy alone.
WITH entry AS (
    SELECT e.effective_date, coalesce(e.reverses_id, e.id) AS entry_id,
        CASE WHEN e.reverses_id IS NULL THEN 1 ELSE -1 END AS sign
    FROM ledger_entry e
    WHERE e.book_id = %(book)s AND e.effective_date >= %(open_from)s AND e.effective_date < %(end)s
    UNION ALL
    SELECT e.effective_date, c.entry_id, CASE WHEN e.reverses_id IS NULL THEN 1 ELSE -1 END
    FROM invoices_invoiceline c JOIN ledger_entry e ON e.id = c.entry_id OR e.reverses_id = c.entry_id
    WHERE c.corrected_line_id IS NOT NULL AND e.book_id = %(book)s
        AND e.effective_date >= %(start)s AND e.effective_date < %(open_from)s
),
line AS (
    SELECT l.service_id, e.effective_date AS on_date, l.amount_pence, l.units, e.sign,
        CASE WHEN l.corrects_line IS NULL THEN l.units
             WHEN l.units = 0 THEN coalesce(round(l.amount_pence::numeric / nullif(l.unit_rate_pence, 0), 4), 0)
             WHEN l.amount_pence > 0 THEN l.units
             ELSE -abs(l.units) END AS delivered,
        payer.count AS payers
    FROM entry e JOIN invoices_invoiceline l ON l.entry_id = e.entry_id
    CROSS JOIN LATERAL (
        SELECT count(DISTINCT a.owner_id)
        FROM ledger_transfer t
        CROSS JOIN LATERAL (VALUES (t.source_id), (t.target_id)) AS side(account_id)
        JOIN ledger_account a ON a.id = side.account_id AND a.kind IN ('pool_share', 'committed')
        WHERE t.entry_id = e.entry_id
    ) payer
),
part AS (
    SELECT service_id, on_date >= %(month)s AS in_month, sign * delivered AS units, sign * delivered * payers AS shared,
        sign * amount_pence AS pence
    FROM line WHERE on_date >= %(open_from)s
    UNION ALL
    SELECT l.service_id, l.service_date >= %(month)s, l.units, 0, 0
    FROM invoices_invoiceline l
    JOIN invoices_invoice i ON i.id = l.invoice_id
    WHERE l.entry_id IS NULL AND l.state = 'accepted' AND i.council_id = %(council)s
        AND l.service_date >= %(open_from)s AND l.service_date < %(end)s
    UNION ALL
    SELECT d.service_id, e.start_date = %(month)s, d.units, d.shared_units, d.pence
    FROM reconciliation_monthend e
    JOIN reconciliation_clustermonth c ON c.month_end_id = e.id
    JOIN reconciliation_servicemonth d ON d.cluster_month_id = c.id
    WHERE e.id = ANY(%(finals)s::uuid[])
    UNION ALL
    SELECT service_id, on_date >= %(month)s, sign * (delivered - units), sign * (delivered - units) * payers, 0
    FROM line WHERE on_date < %(open_from)s
),
delivered AS (
    SELECT service_id, sum(units) FILTER (WHERE in_month) AS month_units, sum(units) AS year_units,
        sum(shared) AS year_shared, sum(pence) AS year_pence
    FROM part GROUP BY service_id
)
SELECT
    CASE grouping(s.code, k.cluster_id) WHEN 1 THEN 'service' WHEN 2 THEN 'cluster' ELSE 'total' END AS told_by,
    coalesce(s.code, k.cluster_id::text, '') AS key,
    coalesce(s.unit, '') AS unit,
    coalesce(sum(d.month_units), 0) AS month_units,
    coalesce(sum(d.year_units), 0) AS year_units,
    coalesce(sum(d.year_pence), 0)::bigint AS year_pence,
    coalesce(sum(d.year_shared), 0) AS year_shared,
    coalesce(sum(d.year_shared) FILTER (WHERE s.alone_rate_pence IS NOT NULL), 0) AS known_shared,
    coalesce(sum(d.year_pence) FILTER (WHERE s.alone_rate_pence IS NOT NULL), 0)::bigint AS known_pence,
    coalesce(sum(round(d.year_shared * s.alone_rate_pence)) FILTER (WHERE s.alone_rate_pence IS NOT NULL), 0)::bigint
        AS alone_pence
FROM delivered d
JOIN commissioning_contractservice s ON s.id = d.service_id
JOIN commissioning_contract k ON k.id = s.contract_id
WHERE %(cluster)s::uuid IS NULL OR k.cluster_id = %(cluster)s
GROUP BY GROUPING SETS ((), (s.code, s.unit), (k.cluster_id))
