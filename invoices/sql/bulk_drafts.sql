-- bulk_drafts.sql: an entry for each good line that costs something. The columns of ledger/sql/post.sql.
SELECT l.line_no AS draft_no, l.entry_id AS id,
    'invoice:' || l.provider_ref || ':' || l.number || ':' || l.line_number AS key, 'invoice' AS kind,
    CASE WHEN l.service_date < %(opens)s::date THEN greatest(%(on)s::date, %(opens)s::date) ELSE l.service_date END AS effective_date,
    CASE WHEN l.service_date < %(opens)s::date THEN l.service_date END AS concerned_date,
    'Invoice ' || l.number || ', line ' || l.line_number AS reason,
    jsonb_build_object('rule', l.rule, 'amount_pence', l.amount_pence, 'weights',
                       coalesce(w.weights, jsonb_build_object(b.ref, 1))) AS basis,
    NULL::uuid AS reverses_id, '' AS reversal_reason
FROM bulk_line l
LEFT JOIN bulk_step b USING (step_no)
LEFT JOIN (
    SELECT l.line_no, jsonb_object_agg(y.ref, CASE WHEN l.rule = 'by_pledge' THEN y.total ELSE 1 END) AS weights
    FROM bulk_line l JOIN bulk_share s USING (line_no) JOIN bulk_payer y USING (payer_no)
    WHERE l.step_no IS NULL
    GROUP BY l.line_no
) w USING (line_no)
WHERE l.reason IS NULL AND l.amount_pence <> 0
