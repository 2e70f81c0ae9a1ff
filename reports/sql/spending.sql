-- spending.sql: the members' shares added up in every way a report tells them, and how many people each is about.
--
-- {shares}: the feed. Values: those of the feed, month (first day of the report's month), by_member (cluster only).
-- The money is added up without the people first, and people are counted apart: counting distinct people inside the
-- sums would sort every share once for each way.
WITH share AS MATERIALIZED ({shares}),
slice AS MATERIALIZED (
    SELECT code, unit, cluster_id, provider_id, sharing_rule, stream, month, sum(pence)::bigint AS pence
    FROM share GROUP BY 1, 2, 3, 4, 5, 6, 7
),
person AS MATERIALIZED (
    SELECT code, unit, cluster_id, provider_id, sharing_rule, stream, person_id, bool_or(month = %(month)s) AS in_month
    FROM share GROUP BY 1, 2, 3, 4, 5, 6, 7
),
money AS (
    SELECT
        CASE grouping(code, cluster_id, provider_id, sharing_rule, stream, month)
            WHEN 31 THEN 'service' WHEN 47 THEN 'cluster' WHEN 55 THEN 'provider' WHEN 59 THEN 'rule'
            WHEN 61 THEN 'stream' WHEN 62 THEN 'month' ELSE 'total'
        END AS told_by,
        coalesce(code, cluster_id::text, provider_id::text, sharing_rule, stream, month::text, '') AS key,
        coalesce(unit, '') AS unit,
        coalesce(sum(pence) FILTER (WHERE month = %(month)s), 0)::bigint AS month_pence,
        coalesce(sum(pence), 0)::bigint AS year_pence,
        min(month) AS first_month
    FROM slice
    GROUP BY GROUPING SETS ((), (code, unit), (cluster_id), (provider_id), (sharing_rule), (stream), (month))
),
people AS (
    SELECT told_by, key, unit, count(*) FILTER (WHERE in_month) AS month_people, count(*) AS year_people
    FROM (
        SELECT way.told_by, way.key, way.unit, p.person_id, bool_or(p.in_month) AS in_month
        FROM person p
        CROSS JOIN LATERAL (VALUES
            ('total', '', ''), ('service', p.code, p.unit), ('cluster', p.cluster_id::text, ''),
            ('provider', p.provider_id::text, ''), ('rule', p.sharing_rule, ''), ('stream', p.stream, '')
        ) AS way(told_by, key, unit)
        GROUP BY 1, 2, 3, 4
    ) each_once
    GROUP BY 1, 2, 3
)
SELECT m.told_by, m.key, m.unit, m.month_pence, m.year_pence, coalesce(p.month_people, 0) AS month_people,
    coalesce(p.year_people, 0) AS year_people, m.first_month
FROM money m LEFT JOIN people p USING (told_by, key, unit)
UNION ALL
SELECT 'member', membership_id::text, '', coalesce(sum(pence) FILTER (WHERE month = %(month)s), 0)::bigint,
    sum(pence)::bigint, 1, 1, min(month)
FROM share WHERE %(by_member)s GROUP BY membership_id
