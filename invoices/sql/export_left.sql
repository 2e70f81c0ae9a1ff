-- export_left.sql: what is left of each pledge, free and promised together, by member and stream.
-- Values: council, book.
SELECT p.membership_ref, p.stream, coalesce(sum(a.balance_pence), 0)
FROM (
    SELECT DISTINCT m.id AS membership_id, m.ref AS membership_ref, s.code AS stream
    FROM clusters_cluster c
    JOIN clusters_membership m ON m.cluster_id = c.id
    JOIN clusters_pledge g ON g.membership_id = m.id
    JOIN budgets_fundingstream s ON s.id = g.stream_id
    WHERE c.council_id = %(council)s
) p
LEFT JOIN ledger_account a ON a.book_id = %(book)s AND a.owner_id = p.membership_id
    AND a.kind IN ('pool_share', 'committed') AND a.stream = p.stream
GROUP BY p.membership_id, p.membership_ref, p.stream
ORDER BY p.membership_ref, p.stream, p.membership_id
