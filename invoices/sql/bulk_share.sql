-- bulk_share.sql: shares the good lines of a chunk among members and streams, to the penny, all at once.
-- The same rules as invoices.rules.sharing; tests hold the two together.

CREATE TEMP TABLE bulk_share ON COMMIT DROP AS
WITH several AS (
    SELECT l.line_no, l.provider_id, l.number, l.line_number, l.amount_pence, b.step_no, b.ref, w.weight,
        (sum(w.weight) OVER (PARTITION BY l.line_no))::bigint AS weights
    FROM bulk_line l
    JOIN bulk_step b ON b.cluster_id = l.cluster_id AND l.service_date >= b.from_date AND l.service_date < b.to_date
    CROSS JOIN LATERAL (SELECT CASE WHEN l.rule = 'by_pledge' THEN b.total ELSE 1 END AS weight) w
    WHERE l.reason IS NULL AND l.amount_pence <> 0 AND l.rule <> 'by_use'
),
rounded AS (
    SELECT s.*, s.amount_pence * s.weight / s.weights AS floor_pence, s.amount_pence * s.weight %% s.weights AS remainder
    FROM several s WHERE s.weights > 0
),
part AS MATERIALIZED (
    SELECT line_no, step_no, provider_id, amount_pence AS part_pence
    FROM bulk_line WHERE reason IS NULL AND amount_pence <> 0 AND rule = 'by_use'
    UNION ALL
    SELECT line_no, step_no, provider_id,
        floor_pence + (row_number() OVER (
            PARTITION BY line_no
            ORDER BY remainder DESC, sha256(convert_to(number || ':' || line_number || ':' || ref, 'UTF8'))
        ) <= amount_pence - sum(floor_pence) OVER (PARTITION BY line_no))::int
    FROM rounded
),
share AS (
    SELECT p.line_no, y.payer_no, p.part_pence AS pence
    FROM part p JOIN bulk_payer y USING (step_no, provider_id) WHERE y.streams = 1
    UNION ALL
    SELECT line_no, payer_no,
        floor_pence + (row_number() OVER (PARTITION BY line_no, step_no ORDER BY remainder DESC, nth)
            <= part_pence - sum(floor_pence) OVER (PARTITION BY line_no, step_no))::int
    FROM (
        SELECT p.line_no, p.step_no, p.part_pence, y.payer_no, y.nth, p.part_pence * y.pence / nullif(y.total, 0) AS floor_pence,
            p.part_pence * y.pence %% nullif(y.total, 0) AS remainder
        FROM part p JOIN bulk_payer y USING (step_no, provider_id) WHERE y.streams > 1
    ) split
)
SELECT line_no, payer_no, pence FROM share WHERE pence <> 0;
ANALYZE bulk_share;
