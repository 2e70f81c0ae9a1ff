-- allocations.sql: what a stream puts into a budget stands in the books: its entry, and what later statements
-- changed, and what went back when it ended early.
WITH changed AS (
    SELECT g.allocation_id, sum(CASE WHEN k.kind = 'budget' THEN t.amount_pence ELSE -t.amount_pence END) AS pence
    FROM (SELECT allocation_id, entry_id FROM budgets_budgetchange
        UNION ALL SELECT allocation_id, entry_id FROM budgets_endedpart) g
    JOIN ledger_transfer t ON t.entry_id = g.entry_id
    JOIN ledger_account k ON k.id = t.target_id
    GROUP BY g.allocation_id
),
moved AS (
    SELECT a.id, a.budget_id, a.annual_pence, s.code, e.id IS NOT NULL OR g.pence IS NOT NULL AS is_there,
        coalesce(t.amount_pence, 0) + coalesce(g.pence, 0) AS pence
    FROM budgets_allocation a
    LEFT JOIN budgets_fundingstream s ON s.id = a.stream_id
    LEFT JOIN budgets_budget b ON b.id = a.budget_id
    LEFT JOIN people_person w ON w.id = b.person_id
    LEFT JOIN people_council c ON c.id = coalesce(s.council_id, w.council_id)
    LEFT JOIN ledger_entry e ON e.book_id = c.book_id AND e.key = 'allocate:' || a.budget_id || ':' || s.code
    LEFT JOIN ledger_transfer t ON t.entry_id = e.id
        AND t.target_id = ledger_account_id(c.book_id, 'budget', a.budget_id, NULL, s.code)
    LEFT JOIN changed g ON g.allocation_id = a.id
    WHERE %(council)s::uuid IS NULL OR c.id = %(council)s
),
judged AS (
    SELECT id, CASE
        WHEN annual_pence <> 0 AND NOT is_there
        THEN ARRAY['has no entry in the books', concat_ws(':', 'allocate', budget_id, code), 'nothing']
        WHEN pence <> annual_pence
        THEN ARRAY['is not what its entry moved into the budget, in pence', pence::text, annual_pence::text]
        END AS fault
    FROM moved
)
SELECT 'budgets_allocation', id, fault[1], fault[2], fault[3] FROM judged WHERE fault IS NOT NULL
