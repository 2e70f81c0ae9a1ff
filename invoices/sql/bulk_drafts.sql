-- bulk_drafts.sql: an entry for each good line that costs something. The columns of ledger/sql/post.sql.
SELECT row_number() OVER (ORDER BY l.id) AS draft_no, l.entry_id AS id,
    'invoice:' || l.provider_ref || ':' || l.number || ':' || l.line_number AS key, 'invoice' AS kind,
    CASE WHEN l.service_date < %(opens)s::date THEN greatest(%(on)s::date, %(opens)s::date) ELSE l.service_date END AS effective_date,
    CASE WHEN l.service_date < %(opens)s::date THEN l.service_date END AS concerned_date,
    'Invoice ' || l.number || ', line ' || l.line_number AS reason,
    jsonb_build_object('rule', l.rule, 'amount_pence', l.amount_pence, 'weights', w.weights) AS basis,
    NULL::uuid AS reverses_id, '' AS reversal_reason, l.id AS line_id
FROM bulk_line l
JOIN (SELECT line_id, jsonb_object_agg(ref, weight) AS weights FROM bulk_share GROUP BY line_id) w ON w.line_id = l.id
