-- find_lines.sql: for the members and streams whose sums differ, the very lines: each share as the rules give it beside
-- the share as it was posted, a reversal taken off what it reverses. Run only where something differs. Values: start, end, and what shares.sql needs.
CREATE TEMP TABLE month_difference ON COMMIT DROP AS
WITH {shares},
differing AS (SELECT member_no, membership_id, stream, cluster_id FROM month_money WHERE differs),
worked_out AS (
    SELECT l.id AS line_id, l.entry_id, s.member_no, s.stream, sum(s.pence)::bigint AS pence
    FROM (
        SELECT f.no, f.member_no, coalesce(p.streams[1], '') AS stream, f.pence - coalesce(f.second_part, 0) AS pence
        FROM few f LEFT JOIN month_pledged p ON p.no = f.pledged_no
        UNION ALL
        SELECT f.no, f.member_no, p.streams[2], f.second_part
        FROM few f JOIN month_pledged p ON p.no = f.pledged_no AND p.stream_count = 2
        UNION ALL
        SELECT no, member_no, stream, pence FROM many
    ) s
    JOIN month_line l USING (no)
    WHERE s.pence <> 0
    GROUP BY l.id, l.entry_id, s.member_no, s.stream
),
posted AS (
    SELECT coalesce(e.reverses_id, e.id) AS entry_id, member_no, stream, sum(pence)::bigint AS pence
    FROM (
        SELECT t.entry_id, a.member_no, a.stream, t.amount_pence AS pence
        FROM month_account a
        JOIN ledger_transfer t ON t.source_id = a.id AND t.effective_date >= %(start)s AND t.effective_date < %(end)s
        JOIN ledger_account o ON o.id = t.target_id AND o.kind = 'payable'
        UNION ALL
        SELECT t.entry_id, a.member_no, a.stream, -t.amount_pence
        FROM month_account a
        JOIN ledger_transfer t ON t.target_id = a.id AND t.effective_date >= %(start)s AND t.effective_date < %(end)s
        JOIN ledger_account o ON o.id = t.source_id AND o.kind = 'payable'
    ) s
    JOIN ledger_entry e ON e.id = s.entry_id
    GROUP BY coalesce(e.reverses_id, e.id), member_no, stream
)
SELECT d.cluster_id, d.membership_id, d.stream, coalesce(w.line_id, l.id) AS line_id, coalesce(w.entry_id, p.entry_id) AS entry_id,
    coalesce(w.pence, 0) AS expected, coalesce(p.pence, 0) AS found,
    CASE WHEN p.pence IS NULL THEN 'line_without_posting' WHEN l.id IS NULL AND w.line_id IS NULL THEN 'posting_without_line'
         ELSE 'share_differs' END AS kind
FROM worked_out w
FULL JOIN posted p USING (entry_id, member_no, stream)
JOIN differing d USING (member_no, stream)
LEFT JOIN invoices_invoiceline l ON l.entry_id = p.entry_id AND l.state = 'accepted'
WHERE coalesce(w.pence, 0) <> coalesce(p.pence, 0)
