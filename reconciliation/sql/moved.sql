-- moved.sql: what the books say of the chunk's members: each account, and its moves from the start of the month on.
-- Values: council, book, start, end (exclusive), period (the last closed month's, where it ended on `start`, or null).

CREATE TEMP TABLE month_account ON COMMIT DROP AS
SELECT a.id, a.kind, a.stream, a.balance_pence, a.move_count, m.membership_id, m.cluster_id, c.balance_pence AS last_pence
FROM month_member m
JOIN ledger_account a ON a.book_id = %(book)s AND a.owner_id = m.membership_id AND a.kind IN ('pool_share', 'committed')
LEFT JOIN ledger_closingbalance c ON c.account_id = a.id AND c.period_id = %(period)s::uuid;
ANALYZE month_account;

-- Where such money may come from and go to, so that no transfer has to look up its other account.
CREATE TEMP TABLE month_known ON COMMIT DROP AS
SELECT id, 'own' AS role FROM month_account
UNION ALL
SELECT ledger_account_id(%(book)s, 'payable', p.provider_id, NULL, s.code), 'payable'
FROM (SELECT DISTINCT provider_id FROM month_service) p
JOIN budgets_fundingstream s ON s.council_id = %(council)s
UNION ALL
SELECT DISTINCT ledger_account_id(%(book)s, 'budget', b.id, NULL, a.stream), 'budget'
FROM month_account a
JOIN month_member m ON m.membership_id = a.membership_id
JOIN budgets_budget b ON b.person_id = m.person_id;
ANALYZE month_known;

CREATE TEMP TABLE month_moved ON COMMIT DROP AS
SELECT a.membership_id, a.cluster_id, a.stream, a.kind, coalesce(k.role, 'other') AS role, t.effective_date >= %(end)s AS is_later,
    count(*) AS moves, sum(-t.amount_pence)::bigint AS pence,
    sum((uuid_hash(t.entry_id) & 1073741823)::bigint * t.amount_pence) AS mark
FROM month_account a
JOIN ledger_transfer t ON t.source_id = a.id AND t.effective_date >= %(start)s
LEFT JOIN month_known k ON k.id = t.target_id
GROUP BY a.membership_id, a.cluster_id, a.stream, a.kind, coalesce(k.role, 'other'), t.effective_date >= %(end)s
UNION ALL
SELECT a.membership_id, a.cluster_id, a.stream, a.kind, coalesce(k.role, 'other'), t.effective_date >= %(end)s,
    count(*), sum(t.amount_pence)::bigint, -sum((uuid_hash(t.entry_id) & 1073741823)::bigint * t.amount_pence)
FROM month_account a
JOIN ledger_transfer t ON t.target_id = a.id AND t.effective_date >= %(start)s
LEFT JOIN month_known k ON k.id = t.source_id
GROUP BY a.membership_id, a.cluster_id, a.stream, a.kind, coalesce(k.role, 'other'), t.effective_date >= %(end)s;
ANALYZE month_moved;

-- One row a member and stream: what stood there, what moved, and the shares posted beside the shares worked out.
CREATE TEMP TABLE month_money ON COMMIT DROP AS
WITH stood AS (
    SELECT membership_id, cluster_id, stream,
        coalesce(sum(balance_pence) FILTER (WHERE kind = 'pool_share'), 0)::bigint AS pool_pence,
        coalesce(sum(balance_pence) FILTER (WHERE kind = 'committed'), 0)::bigint AS committed_pence,
        coalesce(sum(last_pence), 0)::bigint AS last_pence
    FROM month_account GROUP BY membership_id, cluster_id, stream
),
moved AS (
    SELECT membership_id, stream,
        coalesce(sum(pence) FILTER (WHERE is_later AND kind = 'pool_share'), 0)::bigint AS later_pool_pence,
        coalesce(sum(pence) FILTER (WHERE is_later AND kind = 'committed'), 0)::bigint AS later_committed_pence,
        coalesce(sum(pence) FILTER (WHERE NOT is_later AND role = 'budget' AND pence > 0), 0)::bigint AS pledged_pence,
        coalesce(-sum(pence) FILTER (WHERE NOT is_later AND role = 'budget' AND pence < 0), 0)::bigint AS returned_pence,
        coalesce(-sum(pence) FILTER (WHERE NOT is_later AND role = 'payable'), 0)::bigint AS spent_pence,
        coalesce(-sum(pence) FILTER (WHERE NOT is_later AND role = 'other'), 0)::bigint AS other_pence,
        coalesce(sum(mark) FILTER (WHERE NOT is_later AND role = 'payable'), 0) AS mark
    FROM month_moved GROUP BY membership_id, stream
),
worked_out AS (
    SELECT membership_id, stream, sum(pence)::bigint AS pence, sum(mark) AS mark
    FROM month_spent GROUP BY membership_id, stream
)
SELECT membership_id, stream, x.cluster_id,
    coalesce(s.pool_pence, 0) - coalesce(v.later_pool_pence, 0) AS available_pence,
    coalesce(s.committed_pence, 0) - coalesce(v.later_committed_pence, 0) AS committed_pence,
    coalesce(v.later_pool_pence, 0) + coalesce(v.later_committed_pence, 0) AS later_pence,
    coalesce(s.last_pence, 0) AS last_pence, coalesce(v.pledged_pence, 0) AS pledged_pence,
    coalesce(v.returned_pence, 0) AS returned_pence, coalesce(v.spent_pence, 0) AS spent_pence,
    coalesce(v.other_pence, 0) AS other_pence, coalesce(w.pence, 0) AS worked_out_pence,
    coalesce(v.mark, 0) <> coalesce(w.mark, 0) OR coalesce(v.spent_pence, 0) <> coalesce(w.pence, 0) AS differs
FROM stood s
FULL JOIN worked_out w USING (membership_id, stream)
LEFT JOIN moved v USING (membership_id, stream)
JOIN month_member x USING (membership_id);
ANALYZE month_money;
