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
ANALYZE month_account (id, member_no);

-- Each account's moves, added up by where they went to or came from. All accounts are looked for at once, so that every
-- page of transfers is read once, in the order it lies in, rather than once for each account on it.
SET LOCAL enable_indexscan = off;
CREATE TEMP TABLE month_moved ON COMMIT DROP AS
SELECT source_id AS account_id, target_id AS other_id, effective_date >= %(end)s AS is_later, count(*) AS moves,
    -sum(amount_pence)::bigint AS pence, sum((uuid_hash(entry_id) & 1073741823)::bigint * amount_pence) AS mark
FROM ledger_transfer
WHERE source_id = ANY(ARRAY(SELECT id FROM month_account)) AND effective_date >= %(start)s
GROUP BY source_id, target_id, effective_date >= %(end)s
UNION ALL
SELECT target_id, source_id, effective_date >= %(end)s, count(*), sum(amount_pence)::bigint,
    -sum((uuid_hash(entry_id) & 1073741823)::bigint * amount_pence)
FROM ledger_transfer
WHERE target_id = ANY(ARRAY(SELECT id FROM month_account)) AND effective_date >= %(start)s
GROUP BY target_id, source_id, effective_date >= %(end)s;
SET LOCAL enable_indexscan = on;
ANALYZE month_moved (account_id, other_id);

-- Whose the other account is. Roles: 1 a member's own, 2 a provider of the chunk's, 3 a budget of a member's, 0 any other.
CREATE TEMP TABLE month_other ON COMMIT DROP AS
SELECT o.id, CASE
    WHEN EXISTS (SELECT FROM month_account m WHERE m.id = o.id) THEN 1
    WHEN a.kind = 'payable' AND a.owner_id IN (SELECT provider_id FROM month_service) THEN 2
    WHEN a.kind = 'budget' AND (a.owner_id IN (SELECT budget_id FROM month_pledge)
        OR (SELECT b.person_id FROM budgets_budget b WHERE b.id = a.owner_id) IN (SELECT person_id FROM month_member)) THEN 3
    ELSE 0 END AS role
FROM (SELECT DISTINCT other_id AS id FROM month_moved) o
CROSS JOIN LATERAL (SELECT a.kind, a.owner_id FROM ledger_account a WHERE a.id = o.id AND a.book_id = %(book)s OFFSET 0) a;
ANALYZE month_other;

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
        coalesce(sum(v.pence) FILTER (WHERE NOT v.is_later AND o.role = 3 AND v.pence > 0), 0)::bigint AS pledged_pence,
        coalesce(-sum(v.pence) FILTER (WHERE NOT v.is_later AND o.role = 3 AND v.pence < 0), 0)::bigint AS returned_pence,
        coalesce(-sum(v.pence) FILTER (WHERE NOT v.is_later AND o.role = 2), 0)::bigint AS spent_pence,
        coalesce(-sum(v.pence) FILTER (WHERE NOT v.is_later AND o.role = 0), 0)::bigint AS other_pence,
        coalesce(sum(v.mark) FILTER (WHERE NOT v.is_later AND o.role = 2), 0) AS mark
    FROM month_moved v JOIN month_account a ON a.id = v.account_id JOIN month_other o ON o.id = v.other_id
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
ANALYZE month_money (member_no, cluster_id);
