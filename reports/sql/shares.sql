-- shares.sql: what each member's money bought, from the books: one row a member, service, stream and month.
--
-- Values: book, cluster (null: every one), start, end (exclusive).
-- A reversal counts against the line of the entry it reverses.
SELECT s.code, s.unit, k.cluster_id, k.provider_id, s.sharing_rule, a.stream, m.id AS membership_id, m.person_id,
    date_trunc('month', e.effective_date)::date AS month, sum(side.pence)::bigint AS pence
FROM ledger_entry e
JOIN invoices_invoiceline l ON l.entry_id = coalesce(e.reverses_id, e.id)
JOIN commissioning_contractservice s ON s.id = l.service_id
JOIN commissioning_contract k ON k.id = s.contract_id
JOIN ledger_transfer t ON t.entry_id = e.id
CROSS JOIN LATERAL (VALUES (t.source_id, t.amount_pence), (t.target_id, -t.amount_pence)) AS side(account_id, pence)
JOIN ledger_account a ON a.id = side.account_id AND a.kind IN ('pool_share', 'committed')
JOIN clusters_membership m ON m.id = a.owner_id
WHERE e.book_id = %(book)s AND e.effective_date >= %(start)s AND e.effective_date < %(end)s
    AND (%(cluster)s::uuid IS NULL OR k.cluster_id = %(cluster)s)
GROUP BY s.code, s.unit, k.cluster_id, k.provider_id, s.sharing_rule, a.stream, m.id, m.person_id, 9
