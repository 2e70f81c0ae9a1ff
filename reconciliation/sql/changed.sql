-- changed.sql: the clusters that are not counted yet, or have something new up to the end of the month. A cluster
-- whose only news is dated later has nothing new for this month. Values: month_end, council, book, end (exclusive).
SELECT k.cluster_id
FROM ({marks}) k
LEFT JOIN reconciliation_clustermonth c ON c.month_end_id = %(month_end)s AND c.cluster_id = k.cluster_id
WHERE c.id IS NULL OR c.terms_mark <> k.terms_mark
    OR (c.money_mark <> k.money_mark AND c.move_count <> k.moves - (
        SELECT count(*) FROM clusters_membership m
        JOIN ledger_account a ON a.book_id = %(book)s AND a.owner_id = m.id AND a.kind IN ('pool_share', 'committed')
        JOIN ledger_transfer t ON a.id IN (t.source_id, t.target_id) AND t.effective_date >= %(end)s
        WHERE m.cluster_id = k.cluster_id))
ORDER BY k.cluster_id
