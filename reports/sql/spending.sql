-- spending.sql: the members' shares added up in every way a report tells them, in one pass.
--
-- {shares}: the feed. Values: those of the feed, month (first day of the report's month), by_member (cluster only).
WITH share AS MATERIALIZED ({shares})
SELECT
    CASE grouping(code, cluster_id, provider_id, sharing_rule, stream, month, membership_id)
        WHEN 63 THEN 'service' WHEN 95 THEN 'cluster' WHEN 111 THEN 'provider' WHEN 119 THEN 'rule'
        WHEN 123 THEN 'stream' WHEN 125 THEN 'month' WHEN 126 THEN 'member' ELSE 'total'
    END AS told_by,
    coalesce(code, cluster_id::text, provider_id::text, sharing_rule, stream, month::text, membership_id::text, '') AS key,
    coalesce(unit, '') AS unit,
    coalesce(sum(pence) FILTER (WHERE month = %(month)s), 0)::bigint AS month_pence,
    coalesce(sum(pence), 0)::bigint AS year_pence,
    count(DISTINCT person_id) FILTER (WHERE month = %(month)s) AS month_people,
    count(DISTINCT person_id) AS year_people,
    min(month) AS first_month
FROM share
GROUP BY GROUPING SETS (
    (), (code, unit), (cluster_id), (provider_id), (sharing_rule), (stream), (month), (membership_id)
)
HAVING %(by_member)s OR grouping(membership_id) = 1
ORDER BY 1, year_pence DESC, 2, 3
