-- bulk_share.sql: shares the good lines of a chunk among members and streams, to the penny, all at once.
-- The same rules as invoices.rules.sharing; tests hold the two together.

CREATE TEMP TABLE bulk_share ON COMMIT DROP AS
WITH payer AS (
    SELECT l.id AS line_id, l.place, l.line_number, l.contract_id, l.cluster_id, l.provider_id, l.amount_pence, l.number,
        m.membership_id, m.ref, m.streams, m.pences, m.pools, m.total AS pledged,
        CASE WHEN l.rule = 'by_pledge' THEN m.total ELSE 1 END AS weight, l.rule
    FROM bulk_line l
    JOIN bulk_step m ON l.service_date >= m.from_date AND l.service_date < m.to_date
        AND m.cluster_id = l.cluster_id AND (l.rule <> 'by_use' OR m.membership_id = l.membership_id)
    WHERE l.reason IS NULL AND l.amount_pence <> 0
),
rounded AS (
    SELECT p.*, whole.weights, p.amount_pence * p.weight / whole.weights AS floor_pence,
        p.amount_pence * p.weight %% whole.weights AS remainder
    FROM payer p
    JOIN (SELECT line_id, sum(weight)::bigint AS weights FROM payer WHERE rule <> 'by_use' GROUP BY line_id) whole
        USING (line_id)
    WHERE whole.weights > 0
),
part AS (
    SELECT line_id, place, line_number, contract_id, cluster_id, provider_id, membership_id, ref, streams, pences, pools, pledged, weight,
        amount_pence AS part_pence
    FROM payer WHERE rule = 'by_use'
    UNION ALL
    SELECT line_id, place, line_number, contract_id, cluster_id, provider_id, membership_id, ref, streams, pences, pools, pledged, weight,
        floor_pence + (row_number() OVER (
            PARTITION BY line_id
            ORDER BY remainder DESC, sha256(convert_to(number || ':' || line_number || ':' || ref, 'UTF8'))
        ) <= amount_pence - sum(floor_pence) OVER (PARTITION BY line_id))::int
    FROM rounded
)
SELECT line_id, place, line_number, contract_id, cluster_id, provider_id, membership_id, ref, weight, streams[1] AS stream, pools[1] AS pool_id,
    part_pence AS pence
FROM part WHERE cardinality(streams) = 1
UNION ALL
SELECT line_id, place, line_number, contract_id, cluster_id, provider_id, membership_id, ref, weight, stream, pool_id,
    floor_pence + (row_number() OVER (PARTITION BY line_id, membership_id ORDER BY remainder DESC, nth)
        <= part_pence - sum(floor_pence) OVER (PARTITION BY line_id, membership_id))::int
FROM (
    SELECT p.*, s.stream, s.pool_id, s.nth, p.part_pence * s.pence / p.pledged AS floor_pence, p.part_pence * s.pence %% p.pledged AS remainder
    FROM part p CROSS JOIN LATERAL unnest(p.streams, p.pences, p.pools) WITH ORDINALITY
        AS s(stream, pence, pool_id, nth)
    WHERE cardinality(p.streams) > 1
) split;

DELETE FROM bulk_share WHERE pence = 0;
ANALYZE bulk_share;
