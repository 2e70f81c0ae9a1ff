-- allocations.sql: what a stream puts into a budget stands in the books under its key.
WITH judged AS (
    SELECT a.id, CASE
        WHEN e.id IS NULL THEN ARRAY['has no entry in the books', concat_ws(':', 'allocate', a.budget_id, s.code), 'nothing']
        WHEN t.amount_pence IS DISTINCT FROM a.annual_pence
        THEN ARRAY['is not what its entry moved into the budget, in pence', coalesce(t.amount_pence, 0)::text, a.annual_pence::text]
        END AS fault
    FROM budgets_allocation a
    LEFT JOIN budgets_fundingstream s ON s.id = a.stream_id
    LEFT JOIN budgets_budget b ON b.id = a.budget_id
    LEFT JOIN people_person w ON w.id = b.person_id
    LEFT JOIN people_council c ON c.id = coalesce(s.council_id, w.council_id)
    LEFT JOIN ledger_entry e ON e.book_id = c.book_id AND e.key = 'allocate:' || a.budget_id || ':' || s.code
    LEFT JOIN ledger_transfer t ON t.entry_id = e.id
        AND t.target_id = ledger_account_id(c.book_id, 'budget', a.budget_id, NULL, s.code)
    WHERE a.annual_pence <> 0 AND (%(council)s::uuid IS NULL OR c.id = %(council)s)
)
SELECT 'budgets_allocation', id, fault[1], fault[2], fault[3] FROM judged WHERE fault IS NOT NULL
