-- documents.sql: a document and its lines still say, word for word, what came in: its hash was taken then, as
-- invoices.rules.document says (JSON with sorted names; lines in their order; a line put right later as it was before).
WITH line AS (
    SELECT l.invoice_id, l.id, l.line_number, coalesce(c.before, jsonb_build_object(
        'service_code', l.service_code, 'service_date', l.service_date, 'units', l.units, 'unit_rate_pence', l.unit_rate_pence,
        'amount_pence', l.amount_pence, 'member_ref', l.member_ref, 'corrects_line', l.corrects_line)) AS said
    FROM invoices_invoiceline l
    JOIN invoices_invoice i ON i.id = l.invoice_id
    LEFT JOIN (SELECT DISTINCT ON (line_id) line_id, before FROM invoices_correction ORDER BY line_id, corrected_at, id) c
        ON c.line_id = l.id
    WHERE %(council)s::uuid IS NULL OR i.council_id = %(council)s
),
lines AS (
    SELECT invoice_id, string_agg(format(
        '{"amount_pence": %%s, "corrects_line": %%s, "line_number": %%s, "member_ref": %%s, "service_code": %%s, '
        || '"service_date": %%s, "unit_rate_pence": %%s, "units": "%%s"}',
        said -> 'amount_pence', said -> 'corrects_line', line_number, said -> 'member_ref', said -> 'service_code',
        said -> 'service_date', said -> 'unit_rate_pence', trim_scale((said ->> 'units')::numeric)), ', ' ORDER BY id) AS words
    FROM line GROUP BY invoice_id
),
judged AS (
    SELECT i.id, i.body_hash, i.council_id AS council, k.council_id AS council_of_contract, sha256(convert_to(format(
        '{"contract_ref": %%s, %%s"issue_date": "%%s", "kind": "%%s", "lines": [%%s], "number": %%s, "period_end_date": "%%s", '
        || '"period_start_date": "%%s", "provider_ref": %%s, "total_pence": %%s}',
        to_json(k.ref), CASE WHEN i.kind IN ('credit_note', 'adjustment') THEN format('"corrects": %%s, ', to_json(o.number)) END, i.issue_date,
        i.kind, l.words, to_json(i.number), i.period_end_date, i.period_start_date, to_json(p.ref), i.total_pence), 'UTF8')) AS hash
    FROM invoices_invoice i
    LEFT JOIN commissioning_contract k ON k.id = i.contract_id
    LEFT JOIN providers_provider p ON p.id = i.provider_id
    LEFT JOIN invoices_invoice o ON o.id = i.corrects_id
    LEFT JOIN lines l ON l.invoice_id = i.id
    WHERE %(council)s::uuid IS NULL OR i.council_id = %(council)s
)
SELECT 'invoices_invoice', id, 'does not say, with its lines, what came in', encode(body_hash, 'hex'), encode(hash, 'hex')
FROM judged WHERE hash <> body_hash
UNION ALL
SELECT 'invoices_invoice', id, 'is another council''s than its contract', coalesce(council_of_contract::text, 'a contract'), council::text
FROM judged WHERE council IS DISTINCT FROM council_of_contract
