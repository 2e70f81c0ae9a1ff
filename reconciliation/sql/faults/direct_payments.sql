-- direct_payments.sql: an instalment is what its entry moved from the budget to the person; what was taken back is what an
-- entry moved into the budget again.
WITH paid AS (
    SELECT 'budgets_instalment' AS name, n.id, n.entry_id, n.amount_pence, n.paid_date AS on_date, b.person_id, a.budget_id,
        s.code, false AS is_back
    FROM budgets_instalment n
    LEFT JOIN budgets_paymentarrangement g ON g.id = n.arrangement_id
    LEFT JOIN budgets_allocation a ON a.id = g.allocation_id
    LEFT JOIN budgets_budget b ON b.id = a.budget_id
    LEFT JOIN budgets_fundingstream s ON s.id = a.stream_id
    UNION ALL
    SELECT 'budgets_recovery', r.id, r.entry_id, r.taken_pence, r.taken_date, r.person_id, r.budget_id, s.code, true
    FROM budgets_recovery r LEFT JOIN budgets_fundingstream s ON s.id = r.stream_id
    WHERE r.state = 'taken'
),
judged AS (
    SELECT d.name, d.id, CASE
        WHEN e.id IS NULL THEN ARRAY['has no entry in the books', coalesce(d.entry_id::text, 'an entry'), 'nothing']
        WHEN e.kind <> 'direct_payment' OR e.reverses_id IS NOT NULL
        THEN ARRAY['points at another kind of entry', 'direct_payment', e.kind]
        WHEN coalesce(e.concerned_date, e.effective_date) <> d.on_date
        THEN ARRAY['is dated otherwise than its entry', coalesce(e.concerned_date, e.effective_date)::text, d.on_date::text]
        WHEN t.amount_pence IS DISTINCT FROM d.amount_pence
        THEN ARRAY['is not what its entry moved between the budget and the person, in pence',
                   coalesce(t.amount_pence, 0)::text, d.amount_pence::text]
        END AS fault
    FROM paid d
    LEFT JOIN people_person w ON w.id = d.person_id
    LEFT JOIN people_council c ON c.id = w.council_id
    LEFT JOIN ledger_entry e ON e.id = d.entry_id
    CROSS JOIN LATERAL (VALUES (
        ledger_account_id(c.book_id, 'budget', d.budget_id, NULL, d.code),
        ledger_account_id(c.book_id, 'direct_payment', d.person_id, NULL, d.code)
    )) k(budget, person)
    LEFT JOIN ledger_transfer t ON t.entry_id = e.id
        AND t.source_id = CASE WHEN d.is_back THEN k.person ELSE k.budget END
        AND t.target_id = CASE WHEN d.is_back THEN k.budget ELSE k.person END
    WHERE %(council)s::uuid IS NULL OR c.id = %(council)s OR e.book_id = %(book)s
)
SELECT name, id, fault[1], fault[2], fault[3] FROM judged WHERE fault IS NOT NULL
