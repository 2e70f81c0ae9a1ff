-- commitments.sql: what a member promised an approved contract is what the contract's entry moved.
WITH judged AS (
    SELECT p.id, CASE
        WHEN e.id IS NULL THEN ARRAY['has no entry in the books', 'commit:' || k.id, 'nothing']
        WHEN t.amount_pence IS DISTINCT FROM p.amount_pence
        THEN ARRAY['is not what the entry of its contract moved, in pence', coalesce(t.amount_pence, 0)::text, p.amount_pence::text]
        END AS fault
    FROM commissioning_commitment p
    JOIN commissioning_contract k ON k.id = p.contract_id
    JOIN people_council c ON c.id = k.council_id
    LEFT JOIN budgets_fundingstream s ON s.id = p.stream_id
    LEFT JOIN ledger_entry e ON e.book_id = c.book_id AND e.key = 'commit:' || k.id
    LEFT JOIN ledger_transfer t ON t.entry_id = e.id
        AND t.source_id = ledger_account_id(c.book_id, 'pool_share', p.membership_id, NULL, s.code)
        AND t.target_id = ledger_account_id(c.book_id, 'committed', p.membership_id, k.id, s.code)
    WHERE k.state IN ('approved', 'ended') AND (%(council)s::uuid IS NULL OR c.id = %(council)s)
)
SELECT 'commissioning_commitment', id, fault[1], fault[2], fault[3] FROM judged WHERE fault IS NOT NULL
