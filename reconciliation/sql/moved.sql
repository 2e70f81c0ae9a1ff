-- moved.sql: what the books say of the chunk's members: each account, and its moves from the start of the month on.
-- Values: council, book, start, end (exclusive), period (the last closed month's, where it ended on `start`, or null).

CREATE TEMP TABLE month_account ON COMMIT DROP AS
SELECT row_number() OVER ()::int AS no, a.id, a.kind, a.stream, a.balance_pence, a.move_count, m.no AS member_no, m.cluster_id,
    (SELECT c.balance_pence FROM ledger_closingbalance c
     WHERE c.account_id = a.id AND c.period_id = %(period)s::uuid) AS last_pence
FROM month_member m
CROSS JOIN LATERAL (
    SELECT * FROM ledger_account a
    WHERE a.book_id = %(book)s AND a.owner_id = m.membership_id AND a.kind IN ('pool_share', 'committed') OFFSET 0) a;
ANALYZE month_account;

-- Where such money may come from and go to, so that no transfer has to look up its other account.
-- Roles: 1 the member's own, 2 a provider of the chunk's, 3 a budget of the member's; 0, not here, is any other.
CREATE TEMP TABLE month_known ON COMMIT DROP AS
SELECT id, 1 AS role FROM month_account
UNION ALL
SELECT ledger_account_id(%(book)s, 'payable', p.provider_id, NULL, s.code), 2
FROM (SELECT DISTINCT provider_id FROM month_service) p
JOIN budgets_fundingstream s ON s.council_id = %(council)s
UNION ALL
SELECT DISTINCT ledger_account_id(%(book)s, 'budget', b.id, NULL, a.stream), 3
FROM month_account a
JOIN month_member m ON m.no = a.member_no
CROSS JOIN LATERAL (SELECT b.id FROM budgets_budget b WHERE b.person_id = m.person_id OFFSET 0) b;
ANALYZE month_known;

CREATE TEMP TABLE month_moved ON COMMIT DROP AS
SELECT a.no AS account_no, coalesce(k.role, 0) AS role, t.effective_date >= %(end)s AS is_later, count(*) AS moves,
    -sum(t.amount_pence)::bigint AS pence, sum((uuid_hash(t.entry_id) & 1073741823)::bigint * t.amount_pence) AS mark
FROM month_account a
CROSS JOIN LATERAL (
    SELECT t.entry_id, t.target_id, t.amount_pence, t.effective_date FROM ledger_transfer t
    WHERE t.source_id = a.id AND t.effective_date >= %(start)s OFFSET 0) t
LEFT JOIN month_known k ON k.id = t.target_id
GROUP BY a.no, coalesce(k.role, 0), t.effective_date >= %(end)s
UNION ALL
SELECT a.no, coalesce(k.role, 0), t.effective_date >= %(end)s, count(*), sum(t.amount_pence)::bigint,
    -sum((uuid_hash(t.entry_id) & 1073741823)::bigint * t.amount_pence)
FROM month_account a
CROSS JOIN LATERAL (
    SELECT t.entry_id, t.source_id, t.amount_pence, t.effective_date FROM ledger_transfer t
    WHERE t.target_id = a.id AND t.effective_date >= %(start)s OFFSET 0) t
LEFT JOIN month_known k ON k.id = t.source_id
GROUP BY a.no, coalesce(k.role, 0), t.effective_date >= %(end)s;
ANALYZE month_moved;

-- One row a member and stream: what stood there, what moved, and the shares posted beside the shares worked out.
CREATE TEMP TABLE month_money ON COMMIT DROP AS
WITH stood AS (
    SELECT member_no, stream,
        coalesce(sum(balance_pence) FILTER (WHERE kind = 'pool_share'), 0)::bigint AS pool_pence,
        coalesce(sum(balance_pence) FILTER (WHERE kind = 'committed'), 0)::bigint AS committed_pence,
        coalesce(sum(last_pence), 0)::bigint AS last_pence
    FROM month_account GROUP BY member_no, stream
),
moved AS (
    SELECT a.member_no, a.stream,
        coalesce(sum(v.pence) FILTER (WHERE v.is_later AND a.kind = 'pool_share'), 0)::bigint AS later_pool_pence,
        coalesce(sum(v.pence) FILTER (WHERE v.is_later AND a.kind = 'committed'), 0)::bigint AS later_committed_pence,
        coalesce(sum(v.pence) FILTER (WHERE NOT v.is_later AND v.role = 3 AND v.pence > 0), 0)::bigint AS pledged_pence,
        coalesce(-sum(v.pence) FILTER (WHERE NOT v.is_later AND v.role = 3 AND v.pence < 0), 0)::bigint AS returned_pence,
        coalesce(-sum(v.pence) FILTER (WHERE NOT v.is_later AND v.role = 2), 0)::bigint AS spent_pence,
        coalesce(-sum(v.pence) FILTER (WHERE NOT v.is_later AND v.role = 0), 0)::bigint AS other_pence,
        coalesce(sum(v.mark) FILTER (WHERE NOT v.is_later AND v.role = 2), 0) AS mark
    FROM month_moved v JOIN month_account a ON a.no = v.account_no
    GROUP BY a.member_no, a.stream
),
worked_out AS (
    SELECT member_no, stream, sum(pence)::bigint AS pence, sum(mark) AS mark FROM month_spent GROUP BY member_no, stream
)
SELECT member_no, x.membership_id, stream, x.cluster_id,
    coalesce(s.pool_pence, 0) - coalesce(v.later_pool_pence, 0) AS available_pence,
    coalesce(s.committed_pence, 0) - coalesce(v.later_committed_pence, 0) AS committed_pence,
    coalesce(v.later_pool_pence, 0) + coalesce(v.later_committed_pence, 0) AS later_pence,
    coalesce(s.last_pence, 0) AS last_pence, coalesce(v.pledged_pence, 0) AS pledged_pence,
    coalesce(v.returned_pence, 0) AS returned_pence, coalesce(v.spent_pence, 0) AS spent_pence,
    coalesce(v.other_pence, 0) AS other_pence, coalesce(w.pence, 0) AS worked_out_pence,
    coalesce(v.mark, 0) <> coalesce(w.mark, 0) OR coalesce(v.spent_pence, 0) <> coalesce(w.pence, 0) AS differs
FROM stood s
FULL JOIN worked_out w USING (member_no, stream)
LEFT JOIN moved v USING (member_no, stream)
JOIN month_member x ON x.no = member_no;
ANALYZE month_money;
