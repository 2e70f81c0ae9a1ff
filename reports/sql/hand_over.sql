-- hand_over.sql: what each account was debited and credited in each entry of a span, entry by entry, debits first.
--
-- An account's owner is named by references. What an entry reverses has the service; a line spends where it debits what
-- was set aside for a pool (a reversal and a credit note: where they credit it).
WITH moved AS (
    SELECT e.id AS entry_id, s.account_id, s.is_debit, sum(t.amount_pence)::bigint AS pence
    FROM ledger_entry e
    JOIN ledger_transfer t ON t.entry_id = e.id
    CROSS JOIN LATERAL (VALUES (t.source_id, true), (t.target_id, false)) AS s (account_id, is_debit)
    WHERE e.book_id = %(book)s AND e.effective_date >= %(start)s AND e.effective_date < %(end)s
    GROUP BY e.id, s.account_id, s.is_debit
),
vat AS (
    SELECT v.invoice_id, string_agg(DISTINCT v.category, '+' ORDER BY v.category) AS categories
    FROM invoices_invoicevat v
    JOIN invoices_invoice i ON i.id = v.invoice_id
    JOIN people_council c ON c.id = i.council_id
    WHERE c.book_id = %(book)s
    GROUP BY v.invoice_id
)
SELECT e.id, e.key, e.kind, e.reason, e.reversal_reason, coalesce(reversed.key, ''), e.effective_date, e.concerned_date,
    e.recorded_at, a.kind, owner.refs, a.stream,
    CASE WHEN a.kind IN ('pool_share', 'committed') THEN coalesce(line.service_code, '') ELSE '' END,
    CASE WHEN a.kind IN ('pool_share', 'committed') THEN coalesce(vat.categories, '') ELSE '' END,
    m.is_debit, m.pence
FROM moved m
JOIN ledger_entry e ON e.id = m.entry_id
JOIN ledger_account a ON a.id = m.account_id
LEFT JOIN ledger_entry reversed ON reversed.id = e.reverses_id
LEFT JOIN invoices_invoiceline line ON line.entry_id = coalesce(e.reverses_id, e.id)
LEFT JOIN vat ON vat.invoice_id = line.invoice_id
LEFT JOIN budgets_budget budget ON a.kind = 'budget' AND budget.id = a.owner_id
LEFT JOIN people_person person ON person.id = budget.person_id
LEFT JOIN clusters_membership member ON a.kind IN ('pool_share', 'committed') AND member.id = a.owner_id
LEFT JOIN clusters_cluster cluster ON cluster.id = member.cluster_id
LEFT JOIN commissioning_contract contract ON a.kind = 'committed' AND contract.id = a.earmark_id
LEFT JOIN providers_provider provider ON a.kind = 'payable' AND provider.id = a.owner_id
CROSS JOIN LATERAL (SELECT CASE
    WHEN a.kind IN ('funding', 'bank') THEN ARRAY[]::text[]
    WHEN person.ref IS NOT NULL THEN ARRAY[person.ref, to_char(budget.start_date, 'YYYY-MM-DD')]
    WHEN contract.ref IS NOT NULL THEN ARRAY[cluster.ref, member.ref, contract.ref]
    WHEN a.kind = 'pool_share' AND member.ref IS NOT NULL THEN ARRAY[cluster.ref, member.ref]
    WHEN provider.ref IS NOT NULL THEN ARRAY[provider.ref]
    ELSE ARRAY[a.owner_id::text, a.earmark_id::text]
END AS refs) owner
ORDER BY e.effective_date, e.key COLLATE "C", m.is_debit DESC, a.kind COLLATE "C", owner.refs COLLATE "C",
    a.stream COLLATE "C", a.id
