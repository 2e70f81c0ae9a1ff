-- changed.sql: the clusters that are not counted yet, or of which something has moved or changed since they were. One
-- whose only news is dated after the month has nothing new for it (`is_changed` false); by how much what moved later is more
-- than when it was counted, in pence, stands beside. Values: month_end, council, book, end (exclusive).
SELECT k.cluster_id,
    c.id IS NULL OR c.terms_mark <> k.terms_mark OR (c.money_mark <> k.money_mark AND c.move_count <> k.moves - l.moves) AS is_changed,
    CASE WHEN c.money_mark <> k.money_mark THEN l.pence - c.later_pence ELSE 0 END AS later_pence
FROM ({marks}) k
LEFT JOIN reconciliation_clustermonth c ON c.month_end_id = %(month_end)s AND c.cluster_id = k.cluster_id
CROSS JOIN LATERAL (
    SELECT count(*) AS moves,
        coalesce(sum(CASE WHEN t.target_id = a.id THEN t.amount_pence ELSE -t.amount_pence END), 0) AS pence
    FROM clusters_membership m
    JOIN ledger_account a ON a.book_id = %(book)s AND a.owner_id = m.id AND a.kind IN ('pool_share', 'committed')
    JOIN ledger_transfer t ON a.id IN (t.source_id, t.target_id) AND t.effective_date >= %(end)s
    WHERE c.money_mark <> k.money_mark AND m.cluster_id = k.cluster_id
) l
WHERE c.id IS NULL OR c.terms_mark <> k.terms_mark OR c.money_mark <> k.money_mark
ORDER BY k.cluster_id
