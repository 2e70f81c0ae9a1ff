-- counts.sql: every row of a count is as it was written; of a signed month, the members' statements and the lines of the
-- certificate are all there.
WITH month AS (
    SELECT id FROM reconciliation_monthend WHERE %(council)s::uuid IS NULL OR council_id = %(council)s
),
-- What belongs to nobody's month any more was moved by hand.
cluster_month AS (
    SELECT c.* FROM reconciliation_clustermonth c
    WHERE c.month_end_id IN (SELECT id FROM month) OR c.month_end_id NOT IN (SELECT id FROM reconciliation_monthend)
),
changed AS (
    SELECT 'reconciliation_monthend' AS name, k.id, k.checksum, reconciliation_checksum(k) AS found
    FROM reconciliation_monthend k
    WHERE k.id IN (SELECT id FROM month) OR k.council_id NOT IN (SELECT id FROM people_council)
    UNION ALL
    SELECT 'reconciliation_monthendevent', k.id, k.checksum, reconciliation_checksum(k)
    FROM reconciliation_monthendevent k
    WHERE k.month_end_id IN (SELECT id FROM month) OR k.month_end_id NOT IN (SELECT id FROM reconciliation_monthend)
    UNION ALL
    SELECT 'reconciliation_certificateline', k.id, k.checksum, reconciliation_checksum(k)
    FROM reconciliation_certificateline k
    WHERE k.month_end_id IN (SELECT id FROM month) OR k.month_end_id NOT IN (SELECT id FROM reconciliation_monthend)
    UNION ALL
    SELECT 'reconciliation_finding', k.id, k.checksum, reconciliation_checksum(k)
    FROM reconciliation_finding k
    WHERE k.month_end_id IN (SELECT id FROM month) OR k.month_end_id NOT IN (SELECT id FROM reconciliation_monthend)
    UNION ALL
    SELECT 'reconciliation_clustermonth', k.id, k.checksum, reconciliation_checksum(k)
    FROM reconciliation_clustermonth k WHERE k.id IN (SELECT id FROM cluster_month)
    UNION ALL
    SELECT 'reconciliation_servicemonth', k.id, k.checksum, reconciliation_checksum(k)
    FROM reconciliation_servicemonth k
    WHERE k.cluster_month_id IN (SELECT id FROM cluster_month) OR k.cluster_month_id NOT IN (SELECT id FROM reconciliation_clustermonth)
    UNION ALL
    SELECT 'reconciliation_statement', k.id, k.checksum, reconciliation_checksum(k)
    FROM reconciliation_statement k
    WHERE k.cluster_month_id IN (SELECT id FROM cluster_month) OR k.cluster_month_id NOT IN (SELECT id FROM reconciliation_clustermonth)
)
SELECT name, id, 'was changed by hand', found::text, checksum::text FROM changed WHERE found <> checksum
UNION ALL
SELECT 'reconciliation_clustermonth', c.id, 'is not what its members'' statements add up to, in pence',
    array_to_string(coalesce(s.pence, '{0,0,0,0,0,0}'), ' '), array_to_string(c.pence, ' ')
FROM (
    SELECT id, month_end_id,
        ARRAY[opening_pence, pledged_pence, returned_pence, other_pence, closing_pence, committed_pence]::numeric[] AS pence
    FROM cluster_month
) c
JOIN reconciliation_monthend m ON m.id = c.month_end_id AND m.state IN ('signed', 'closed')
LEFT JOIN (
    SELECT cluster_month_id, ARRAY[sum(opening_pence), sum(pledged_pence), sum(returned_pence), sum(other_pence),
        sum(closing_pence), sum(committed_pence)] AS pence
    FROM reconciliation_statement GROUP BY cluster_month_id
) s ON s.cluster_month_id = c.id
WHERE c.pence <> coalesce(s.pence, '{0,0,0,0,0,0}')
UNION ALL
-- A certificate ends with what is still to be explained, whatever else was checked at its time.
SELECT 'reconciliation_monthend', m.id, 'misses a line of its certificate', (c.last + 1)::text, c.lines::text
FROM reconciliation_monthend m
CROSS JOIN LATERAL (
    SELECT count(*) AS lines, coalesce(max(l.place), -1) AS last, coalesce(bool_or(l.code = 'findings'), false) AS is_ended
    FROM reconciliation_certificateline l WHERE l.month_end_id = m.id
) c
WHERE m.id IN (SELECT id FROM month) AND m.state IN ('signed', 'closed') AND (c.lines <> c.last + 1 OR NOT c.is_ended)
