-- shares.sql: what each member's money bought: one row a member, service, stream and month.
--
-- Values: book, cluster (null: every one), start, open_from (the first month that is not signed), end (exclusive),
-- finals (the month ends that are signed).
-- Signed months are told as they were signed, by their statements; the others as they stand in the books. A reversal
-- counts against the line of the entry it reverses.
SELECT s.code, s.unit, k.cluster_id, k.provider_id, s.sharing_rule, of_month.stream, m.id AS membership_id, m.person_id,
    of_month.month, of_month.pence
FROM (
    SELECT l.service_id, a.owner_id AS membership_id, a.stream, date_trunc('month', e.effective_date)::date AS month,
        sum(side.pence)::bigint AS pence
    FROM ledger_entry e
    JOIN invoices_invoiceline l ON l.entry_id = coalesce(e.reverses_id, e.id)
    JOIN ledger_transfer t ON t.entry_id = e.id
    CROSS JOIN LATERAL (VALUES (t.source_id, t.amount_pence), (t.target_id, -t.amount_pence)) AS side(account_id, pence)
    JOIN ledger_account a ON a.id = side.account_id AND a.kind IN ('pool_share', 'committed')
    WHERE e.book_id = %(book)s AND e.effective_date >= %(open_from)s AND e.effective_date < %(end)s
    GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT spent.service_id::uuid, st.membership_id, st.stream, e.start_date, (spent.figures ->> 'pence')::bigint
    FROM reconciliation_monthend e
    JOIN reconciliation_clustermonth c ON c.month_end_id = e.id
    JOIN reconciliation_statement st ON st.cluster_month_id = c.id
    CROSS JOIN LATERAL jsonb_each(st.spent_on) AS spent(service_id, figures)
    WHERE e.id = ANY(%(finals)s::uuid[]) AND (%(cluster)s::uuid IS NULL OR c.cluster_id = %(cluster)s)
) of_month
JOIN commissioning_contractservice s ON s.id = of_month.service_id
JOIN commissioning_contract k ON k.id = s.contract_id
JOIN clusters_membership m ON m.id = of_month.membership_id
WHERE %(cluster)s::uuid IS NULL OR k.cluster_id = %(cluster)s
