-- pledges.sql: a pledge is what its entry moved, from that budget into that member's share, on that day.
WITH judged AS (
    SELECT p.id, CASE
        WHEN e.id IS NULL THEN ARRAY['has no entry in the books', p.entry_id::text, 'nothing']
        WHEN e.kind <> 'pledge' THEN ARRAY['points at another kind of entry', 'pledge', e.kind]
        WHEN coalesce(e.concerned_date, e.effective_date) <> p.effective_date
        THEN ARRAY['is dated otherwise than its entry', coalesce(e.concerned_date, e.effective_date)::text, p.effective_date::text]
        WHEN t.amount_pence IS DISTINCT FROM p.amount_pence
        THEN ARRAY['is not what its entry moved from its budget into its pool share, in pence',
                   coalesce(t.amount_pence, 0)::text, p.amount_pence::text]
        END AS fault
    FROM clusters_pledge p
    LEFT JOIN clusters_membership m ON m.id = p.membership_id
    LEFT JOIN clusters_cluster k ON k.id = m.cluster_id
    LEFT JOIN people_council c ON c.id = k.council_id
    LEFT JOIN budgets_fundingstream s ON s.id = p.stream_id
    LEFT JOIN ledger_entry e ON e.id = p.entry_id
    LEFT JOIN ledger_transfer t ON t.entry_id = e.id
        AND t.source_id = ledger_account_id(c.book_id, 'budget', p.budget_id, NULL, s.code)
        AND t.target_id = ledger_account_id(c.book_id, 'pool_share', p.membership_id, NULL, s.code)
    WHERE %(council)s::uuid IS NULL OR c.id = %(council)s OR e.book_id = %(book)s
)
SELECT 'clusters_pledge', id, fault[1], fault[2], fault[3] FROM judged WHERE fault IS NOT NULL
