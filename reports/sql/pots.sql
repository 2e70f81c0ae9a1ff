-- pots.sql: money members put into their pools, or took back, by cluster and the days it is meant to last.
--
-- Values: book, cluster (null: every one), end (exclusive).
SELECT m.cluster_id, greatest(coalesce(e.concerned_date, e.effective_date), b.start_date) AS starts,
    b.end_date AS ends,
    sum(CASE WHEN target.kind = 'pool_share' THEN t.amount_pence ELSE -t.amount_pence END)::bigint AS pence
FROM ledger_entry e
JOIN ledger_transfer t ON t.entry_id = e.id
JOIN ledger_account source ON source.id = t.source_id
JOIN ledger_account target ON target.id = t.target_id
JOIN clusters_membership m
    ON m.id = CASE WHEN target.kind = 'pool_share' THEN target.owner_id ELSE source.owner_id END
JOIN budgets_budget b
    ON b.id = CASE WHEN target.kind = 'pool_share' THEN source.owner_id ELSE target.owner_id END
WHERE e.book_id = %(book)s AND e.kind IN ('pledge', 'return') AND e.effective_date < %(end)s
    AND (%(cluster)s::uuid IS NULL OR m.cluster_id = %(cluster)s)
GROUP BY 1, 2, 3
