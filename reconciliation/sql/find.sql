-- find.sql: what does not agree in the chunk, by member and stream, and what may go wrong. Seen again with the same
-- figures, a finding keeps its explanation; a finding of the chunk that is not seen any more is gone.
-- Values: month_end, run, chunk, period (or null).
WITH seen AS (
    SELECT 'opening_differs' AS kind, 'finance_officer' AS owner, m.cluster_id, m.membership_id, m.stream, NULL::uuid AS line_id,
        NULL::uuid AS entry_id, m.last_pence AS expected,
        m.available_pence + m.committed_pence - m.pledged_pence + m.returned_pence + m.spent_pence + m.other_pence AS found
    FROM month_money m
    WHERE %(period)s::uuid IS NOT NULL AND m.last_pence
        <> m.available_pence + m.committed_pence - m.pledged_pence + m.returned_pence + m.spent_pence + m.other_pence
    UNION ALL
    SELECT 'credited_too_much', 'finance_officer', l.cluster_id, NULL, '', l.corrected_line_id, NULL, o.pence, c.pence
    FROM (SELECT DISTINCT corrected_line_id, cluster_id FROM month_line WHERE corrected_line_id IS NOT NULL) l
    CROSS JOIN LATERAL (
        SELECT o.amount_pence AS pence FROM invoices_invoiceline o WHERE o.id = l.corrected_line_id OFFSET 0) o
    CROSS JOIN LATERAL (
        SELECT -sum(c.amount_pence)::bigint AS pence FROM invoices_invoiceline c
        WHERE c.corrected_line_id = l.corrected_line_id AND c.state = 'accepted' OFFSET 0) c
    WHERE c.pence > o.pence
    UNION ALL
    SELECT 'overspend_forecast', 'social_worker', s.cluster_id, s.membership_id, s.stream, NULL, NULL, 0, s.forecast_pence
    FROM month_statement s WHERE s.forecast_pence < 0
    {and_lines}
)
INSERT INTO reconciliation_finding AS f (month_end_id, kind, is_blocking, owner, cluster_id, membership_id, stream, line_id,
    entry_id, expected_pence, found_pence, run, state, explanation)
SELECT %(month_end)s, kind, kind <> 'overspend_forecast', owner, cluster_id, membership_id, stream, line_id, entry_id,
    expected, found, %(run)s, 'open', ''
FROM seen
ON CONFLICT (month_end_id, cluster_id, kind, membership_id, stream, line_id, entry_id) DO UPDATE SET
    run = excluded.run, expected_pence = excluded.expected_pence, found_pence = excluded.found_pence,
    state = CASE WHEN f.state = 'explained' AND (f.expected_pence, f.found_pence) = (excluded.expected_pence, excluded.found_pence)
                 THEN 'explained' ELSE 'open' END;

UPDATE reconciliation_finding SET state = 'gone'
WHERE month_end_id = %(month_end)s AND cluster_id = ANY(%(chunk)s) AND run < %(run)s AND state <> 'gone' AND kind <> 'held_line';
