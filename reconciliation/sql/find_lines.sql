-- find_lines.sql: for the members and streams whose sums differ, the very lines: each share as the rules give it beside
-- the share as it was posted, a reversal taken off what it reverses. Run only where something differs. Values: start, end, and what shares.sql needs.
CREATE TEMP TABLE month_difference ON COMMIT DROP AS
WITH {shares},
differing AS (SELECT membership_id, stream, cluster_id FROM month_money WHERE differs),
worked_out AS (
    SELECT id AS line_id, entry_id, membership_id, stream, sum(pence)::bigint AS pence
    FROM (
        SELECT id, entry_id, membership_id, coalesce(first_stream, '') AS stream, first_part AS pence FROM few
        UNION ALL SELECT id, entry_id, membership_id, second_stream, pence - first_part FROM few WHERE second_stream IS NOT NULL
        UNION ALL SELECT id, entry_id, membership_id, stream, pence FROM many
    ) s
    WHERE pence <> 0
    GROUP BY id, entry_id, membership_id, stream
),
posted AS (
    SELECT coalesce(e.reverses_id, e.id) AS entry_id, membership_id, stream, sum(pence)::bigint AS pence
    FROM (
        SELECT t.entry_id, a.membership_id, a.stream, t.amount_pence AS pence
        FROM month_account a
        JOIN ledger_transfer t ON t.source_id = a.id AND t.effective_date >= %(start)s AND t.effective_date < %(end)s
        JOIN ledger_account o ON o.id = t.target_id AND o.kind = 'payable'
        UNION ALL
        SELECT t.entry_id, a.membership_id, a.stream, -t.amount_pence
        FROM month_account a
        JOIN ledger_transfer t ON t.target_id = a.id AND t.effective_date >= %(start)s AND t.effective_date < %(end)s
        JOIN ledger_account o ON o.id = t.source_id AND o.kind = 'payable'
    ) s
    JOIN ledger_entry e ON e.id = s.entry_id
    GROUP BY coalesce(e.reverses_id, e.id), membership_id, stream
)
SELECT d.cluster_id, d.membership_id, d.stream, coalesce(w.line_id, l.id) AS line_id, coalesce(w.entry_id, p.entry_id) AS entry_id,
    coalesce(w.pence, 0) AS expected, coalesce(p.pence, 0) AS found,
    CASE WHEN p.pence IS NULL THEN 'line_without_posting' WHEN l.id IS NULL AND w.line_id IS NULL THEN 'posting_without_line'
         ELSE 'share_differs' END AS kind
FROM worked_out w
FULL JOIN posted p USING (entry_id, membership_id, stream)
JOIN differing d USING (membership_id, stream)
LEFT JOIN invoices_invoiceline l ON l.entry_id = p.entry_id AND l.state = 'accepted'
WHERE coalesce(w.pence, 0) <> coalesce(p.pence, 0)
