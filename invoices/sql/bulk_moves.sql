-- bulk_moves.sql: who pays what: from what is committed to the contract first, then from the pool share.
SELECT s.line_no AS draft_no, m.source_id, s.payable_id AS target_id, m.amount_pence
FROM (
    SELECT s.line_no, s.pence, y.pool_id, y.payable_id, k.account_id AS committed_id, least(
        s.pence, greatest(0, k.balance_pence - (sum(s.pence) OVER running - s.pence)))::bigint AS promised
    FROM bulk_committed k
    JOIN bulk_line l USING (contract_id)
    JOIN bulk_payer y ON y.membership_id = k.membership_id AND y.stream = k.stream
    JOIN bulk_share s ON s.line_no = l.line_no AND s.payer_no = y.payer_no
    WINDOW running AS (PARTITION BY k.account_id ORDER BY s.line_no ROWS UNBOUNDED PRECEDING)
) s
CROSS JOIN LATERAL (VALUES (s.committed_id, s.promised), (s.pool_id, s.pence - s.promised)) m(source_id, amount_pence)
WHERE m.amount_pence > 0
UNION ALL
SELECT s.line_no, y.pool_id, y.payable_id, s.pence
FROM bulk_share s
JOIN bulk_line l USING (line_no)
JOIN bulk_payer y USING (payer_no)
WHERE NOT EXISTS (SELECT FROM bulk_committed k
                  WHERE k.contract_id = l.contract_id AND k.membership_id = y.membership_id AND k.stream = y.stream)
