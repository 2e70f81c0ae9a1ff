-- bulk_moves.sql: who pays what: from what is committed to the contract first, then from the pool share.
SELECT d.draft_no, v.source_id, ledger_account_id(%(book)s, 'payable', v.provider_id, NULL, v.stream) AS target_id, v.amount_pence
FROM (
    SELECT s.line_id, l.provider_id, s.stream, m.source_id, m.amount_pence
    FROM (
        SELECT s.*, least(s.pence, greatest(0, k.balance_pence - (sum(s.pence) OVER running - s.pence)))::bigint AS promised
        FROM bulk_share s JOIN bulk_committed k USING (contract_id, membership_id, stream)
        WINDOW running AS (PARTITION BY s.contract_id, s.membership_id, s.stream ORDER BY s.place, s.line_number
                           ROWS UNBOUNDED PRECEDING)
    ) s
    JOIN bulk_line l ON l.id = s.line_id
    CROSS JOIN LATERAL (VALUES
        (ledger_account_id(%(book)s, 'committed', s.membership_id, s.contract_id, s.stream), s.promised),
        (ledger_account_id(%(book)s, 'pool_share', s.membership_id, NULL, s.stream), s.pence - s.promised)
    ) m(source_id, amount_pence)
    WHERE m.amount_pence > 0
    UNION ALL
    SELECT s.line_id, l.provider_id, s.stream,
        ledger_account_id(%(book)s, 'pool_share', s.membership_id, NULL, s.stream), s.pence
    FROM bulk_share s JOIN bulk_line l ON l.id = s.line_id
    WHERE NOT EXISTS (SELECT FROM bulk_committed k WHERE k.contract_id = s.contract_id
                      AND k.membership_id = s.membership_id AND k.stream = s.stream)
) v
JOIN draft d ON d.line_id = v.line_id
