-- marks.sql: a fingerprint for each cluster: of its members' accounts (balance and number of moves), and of the terms
-- its lines are shared by (members, pledges and returns, services), as far as these lie before the end of the month: who joins
-- later, or a contract that starts later, changes nothing in it. A cluster whose marks stand has nothing new to count.
-- Absences are not in it: nobody is away, or back, on a day after it was shared, so none changes what was counted.
-- Values: book, council, end (exclusive), and chunk (cluster ids) where only these are asked for.
SELECT c.id AS cluster_id, coalesce(money.mark, 0) AS money_mark, coalesce(money.moves, 0)::bigint AS moves,
    coalesce(member.mark, 0) # coalesce(pledge.mark, 0) # coalesce(service.mark, 0) AS terms_mark
FROM clusters_cluster c
LEFT JOIN (
    SELECT m.cluster_id, bit_xor(uuid_hash_extended(a.id, a.balance_pence * 31 + a.move_count)) AS mark, sum(a.move_count) AS moves
    FROM clusters_membership m
    JOIN ledger_account a ON a.book_id = %(book)s AND a.owner_id = m.id AND a.kind IN ('pool_share', 'committed')
    WHERE {within}
    GROUP BY m.cluster_id
) money ON money.cluster_id = c.id
LEFT JOIN (
    SELECT m.cluster_id, bit_xor(hash_record_extended(ROW(m.id, m.ref, m.joined_date,
        CASE WHEN m.left_date < %(end)s THEN m.left_date END), 0)) AS mark
    FROM clusters_membership m
    WHERE {within} AND m.joined_date < %(end)s
    GROUP BY m.cluster_id
) member ON member.cluster_id = c.id
LEFT JOIN (
    SELECT m.cluster_id, bit_xor(hash_record_extended(ROW(p.id, p.amount_pence, p.effective_date, p.stream_id), 1)) AS mark
    FROM clusters_membership m
    JOIN (
        SELECT id, membership_id, amount_pence, effective_date, stream_id FROM clusters_pledge
        UNION ALL SELECT id, membership_id, -amount_pence, effective_date + 1, stream_id FROM clusters_pledgereturn
    ) p ON p.membership_id = m.id
    WHERE {within} AND p.effective_date < %(end)s
    GROUP BY m.cluster_id
) pledge ON pledge.cluster_id = c.id
LEFT JOIN (
    SELECT m.cluster_id, bit_xor(hash_record_extended(ROW(s.id, s.sharing_rule, m.provider_id), 2)) AS mark
    FROM commissioning_contract m JOIN commissioning_contractservice s ON s.contract_id = m.id
    WHERE {within} AND m.start_date < %(end)s
    GROUP BY m.cluster_id
) service ON service.cluster_id = c.id
WHERE c.council_id = %(council)s AND {which}
