-- returns.sql: what went back to a budget is what an entry moved from that member's share into that budget.
WITH judged AS (
    SELECT r.id, CASE
        WHEN e.id IS NULL THEN ARRAY['has no entry in the books', r.entry_id::text, 'nothing']
        WHEN e.kind <> 'return' THEN ARRAY['points at another kind of entry', 'return', e.kind]
        WHEN e.effective_date <> r.effective_date
        THEN ARRAY['is dated otherwise than its entry', e.effective_date::text, r.effective_date::text]
        WHEN t.amount_pence IS DISTINCT FROM r.amount_pence
        THEN ARRAY['is not what its entry moved from the pool share into its budget, in pence',
                   coalesce(t.amount_pence, 0)::text, r.amount_pence::text]
        END AS fault
    FROM clusters_pledgereturn r
    LEFT JOIN clusters_membership m ON m.id = r.membership_id
    LEFT JOIN clusters_cluster k ON k.id = m.cluster_id
    LEFT JOIN people_council c ON c.id = k.council_id
    LEFT JOIN budgets_fundingstream s ON s.id = r.stream_id
    LEFT JOIN ledger_entry e ON e.id = r.entry_id
    LEFT JOIN ledger_transfer t ON t.entry_id = e.id
        AND t.source_id = ledger_account_id(c.book_id, 'pool_share', r.membership_id, NULL, s.code)
        AND t.target_id = ledger_account_id(c.book_id, 'budget', r.budget_id, NULL, s.code)
    WHERE %(council)s::uuid IS NULL OR c.id = %(council)s OR e.book_id = %(book)s
)
SELECT 'clusters_pledgereturn', id, fault[1], fault[2], fault[3] FROM judged WHERE fault IS NOT NULL
