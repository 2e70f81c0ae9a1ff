-- entries.sql: what was posted for a line, a pledge, a return, a contract, a budget or a payment has it; nothing for nobody.
WITH known AS (
    SELECT 'allocate:' || a.budget_id || ':' || s.code AS key
    FROM budgets_allocation a JOIN budgets_fundingstream s ON s.id = a.stream_id
    UNION SELECT e.key FROM budgets_budgetchange g JOIN ledger_entry e ON e.id = g.entry_id
    UNION SELECT e.key FROM budgets_endedpart d JOIN ledger_entry e ON e.id = d.entry_id
    UNION SELECT 'commit:' || contract_id FROM commissioning_commitment
),
paid AS (
    SELECT entry_id FROM invoices_payment UNION SELECT back_entry_id FROM invoices_payment
    UNION SELECT entry_id FROM budgets_instalment UNION SELECT entry_id FROM budgets_recovery
),
judged AS (
    SELECT e.id, e.key, CASE
        WHEN e.kind IN ('invoice', 'credit') AND l.id IS NULL THEN 'an invoice line'
        WHEN e.kind = 'pledge' AND p.id IS NULL THEN 'a pledge'
        WHEN e.kind = 'return' AND NOT EXISTS (SELECT FROM clusters_pledgereturn r WHERE r.entry_id = e.id) THEN 'a return'
        WHEN e.kind = 'commit' AND k.key IS NULL THEN 'a commitment'
        WHEN e.kind = 'allocate' AND k.key IS NULL THEN 'a budget'
        WHEN e.kind = 'pay' AND d.entry_id IS NULL THEN 'a payment'
        WHEN e.kind = 'direct_payment' AND d.entry_id IS NULL THEN 'an instalment, or one taken back'
        END AS missing
    FROM ledger_entry e
    LEFT JOIN invoices_invoiceline l ON l.entry_id = e.id
    LEFT JOIN clusters_pledge p ON p.entry_id = e.id
    LEFT JOIN known k ON k.key = e.key
    LEFT JOIN paid d ON d.entry_id = e.id
    WHERE e.reverses_id IS NULL AND (%(book)s::uuid IS NULL OR e.book_id = %(book)s)
)
SELECT 'ledger_entry', id, 'was posted for what is not there', missing, 'nothing for ' || key FROM judged WHERE missing IS NOT NULL
