-- write_statements.sql: a statement for each member and stream of the chunk. Somebody who left before the month, with
-- nothing left and nothing moved, needs none.
-- Values: start, end (exclusive), tolerance (percent).
CREATE TEMP TABLE month_plan ON COMMIT DROP AS
SELECT p.member_no, p.stream, max(b.end_date) AS end_date,
    sum(sign(p.amount_pence)::bigint * ((2 * abs(p.amount_pence)
            * greatest(0, least(b.end_date, %(end)s::date) - greatest(p.effective_date, %(start)s::date))
        + (b.end_date - p.effective_date)) / (2 * (b.end_date - p.effective_date))))::bigint AS allocation_pence
FROM month_pledge p
CROSS JOIN LATERAL (SELECT b.end_date FROM budgets_budget b WHERE b.id = p.budget_id OFFSET 0) b
WHERE b.end_date > p.effective_date
GROUP BY p.member_no, p.stream;
ANALYZE month_plan;

CREATE TEMP TABLE month_statement ON COMMIT DROP AS
SELECT c.cluster_month_id, m.cluster_id, m.membership_id, m.stream, m.opening_pence, m.pledged_pence, m.returned_pence, m.spent_pence,
    m.other_pence, m.closing_pence, m.committed_pence, m.available_pence, m.allocation_pence,
    m.allocation_pence - m.spent_pence AS variance_pence,
    m.closing_pence - CASE WHEN m.days > 0 THEN round(m.spent_pence::numeric * m.days_left / m.days)::bigint ELSE 0 END AS forecast_pence,
    CASE WHEN 100 * m.spent_pence > m.allocation_pence * (100 + %(tolerance)s) THEN 'over'
         WHEN 100 * m.spent_pence < m.allocation_pence * (100 - %(tolerance)s) THEN 'under'
         ELSE 'on_track' END AS flag,
    coalesce(s.spent_on, '{}'::jsonb) AS spent_on
FROM (
    SELECT y.*, y.available_pence + y.committed_pence AS closing_pence,
        y.available_pence + y.committed_pence - y.pledged_pence + y.returned_pence + y.spent_pence + y.other_pence AS opening_pence,
        coalesce(p.allocation_pence, 0) AS allocation_pence, x.left_date,
        least(coalesce(x.left_date, 'infinity'), %(end)s::date) - greatest(x.joined_date, %(start)s::date) AS days,
        greatest(0, least(coalesce(x.left_date, 'infinity'), coalesce(p.end_date, %(end)s::date)) - %(end)s::date) AS days_left
    FROM month_money y
    JOIN month_member x ON x.no = y.member_no
    LEFT JOIN month_plan p USING (member_no, stream)
) m
JOIN month_cluster c USING (cluster_id)
LEFT JOIN (
    SELECT p.member_no, p.stream,
        ('{' || string_agg('"' || v.service_id || '":{"pence":' || p.pence || ',"units":' || trim_scale(p.units) || '}', ',')
            || '}')::jsonb AS spent_on  -- a text read once is half the work of as many small objects
    FROM month_spent p JOIN month_service v ON v.no = p.service_no GROUP BY p.member_no, p.stream
) s USING (member_no, stream)
WHERE m.left_date IS NULL OR m.left_date >= %(start)s::date OR m.opening_pence <> 0 OR m.closing_pence <> 0
    OR m.pledged_pence <> 0 OR m.spent_pence <> 0;

INSERT INTO reconciliation_statement (cluster_month_id, membership_id, stream, opening_pence, pledged_pence, returned_pence,
    spent_pence, other_pence, closing_pence, committed_pence, available_pence, allocation_pence, variance_pence,
    forecast_pence, flag, spent_on)
SELECT cluster_month_id, membership_id, stream, opening_pence, pledged_pence, returned_pence, spent_pence, other_pence,
    closing_pence, committed_pence, available_pence, allocation_pence, variance_pence, forecast_pence, flag, spent_on
FROM month_statement
ON CONFLICT (membership_id, cluster_month_id, stream) DO UPDATE SET
    opening_pence = excluded.opening_pence, pledged_pence = excluded.pledged_pence, returned_pence = excluded.returned_pence,
    spent_pence = excluded.spent_pence, other_pence = excluded.other_pence, closing_pence = excluded.closing_pence,
    committed_pence = excluded.committed_pence, available_pence = excluded.available_pence,
    allocation_pence = excluded.allocation_pence, variance_pence = excluded.variance_pence,
    forecast_pence = excluded.forecast_pence, flag = excluded.flag, spent_on = excluded.spent_on;
