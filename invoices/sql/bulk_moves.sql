-- bulk_moves.sql: who pays what: from what is committed to the contract first, then from the pool share.
SELECT d.draft_no, v.source_id, o.account_id AS target_id, v.amount_pence
FROM (
    SELECT s.line_id, s.provider_id, s.stream, m.source_id, m.amount_pence
    FROM (
        SELECT s.*, k.account_id AS committed_id, least(
            s.pence, greatest(0, k.balance_pence - (sum(s.pence) OVER running - s.pence)))::bigint AS promised
        FROM bulk_share s JOIN bulk_committed k USING (contract_id, membership_id, stream)
        WINDOW running AS (PARTITION BY s.contract_id, s.membership_id, s.stream ORDER BY s.place, s.line_id
                           ROWS UNBOUNDED PRECEDING)
    ) s
    CROSS JOIN LATERAL (VALUES (s.committed_id, s.promised), (s.pool_id, s.pence - s.promised)) m(source_id, amount_pence)
    WHERE m.amount_pence > 0
    UNION ALL
    SELECT s.line_id, s.provider_id, s.stream, s.pool_id, s.pence
    FROM bulk_share s LEFT JOIN bulk_committed k USING (contract_id, membership_id, stream)
    WHERE k.account_id IS NULL
) v
JOIN draft d ON d.line_id = v.line_id
JOIN bulk_owed o ON o.provider_id = v.provider_id AND o.stream = v.stream
