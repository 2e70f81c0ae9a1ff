-- standing.sql: what stood in pools and was promised to contracts at the end of a month.
--
-- Values: book, cluster (null: every one), end (exclusive), by_member (cluster only).
-- Guarded balances carry what stands now; what moved since is taken off again.
WITH stood AS MATERIALIZED (
    SELECT a.kind, a.earmark_id, m.id AS membership_id, m.person_id,
        a.balance_pence + coalesce(since.left_pence, 0) - coalesce(since.came_pence, 0) AS pence
    FROM ledger_account a
    JOIN clusters_membership m ON m.id = a.owner_id
    LEFT JOIN LATERAL (
        SELECT
            (SELECT sum(t.amount_pence) FROM ledger_transfer t
             WHERE t.source_id = a.id AND t.effective_date >= %(end)s) AS left_pence,
            (SELECT sum(t.amount_pence) FROM ledger_transfer t
             WHERE t.target_id = a.id AND t.effective_date >= %(end)s) AS came_pence
    ) since ON a.move_count > 0
    WHERE a.book_id = %(book)s AND a.kind IN ('pool_share', 'committed')
        AND (%(cluster)s::uuid IS NULL OR m.cluster_id = %(cluster)s)
)
SELECT
    CASE grouping(earmark_id, membership_id) WHEN 1 THEN 'contract' WHEN 2 THEN 'member' ELSE 'total' END AS told_by,
    coalesce(earmark_id::text, membership_id::text, '') AS key,
    coalesce(sum(pence) FILTER (WHERE kind = 'committed'), 0)::bigint AS promised_pence,
    coalesce(sum(pence) FILTER (WHERE kind = 'pool_share'), 0)::bigint AS left_pence,
    count(DISTINCT person_id) AS people
FROM stood
GROUP BY GROUPING SETS ((), (earmark_id), (membership_id))
HAVING grouping(membership_id) = 1 OR %(by_member)s
