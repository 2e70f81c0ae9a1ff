-- spent.sql: the shares of the month added up by member, stream and service. `mark` is a sum over the lines of the
-- share times a number of its entry's: two sums agree in it only where every single share does. `shared_units` are the
-- units of lines the member pays a part of, told with the first of their streams only, so that they can be added up.
CREATE TEMP TABLE month_spent ON COMMIT DROP AS
WITH {shares},
added AS (
    SELECT member_no, service_no, pledged_no, sum(units) AS units, sum(units) FILTER (WHERE pence <> 0) AS shared_units,
        sum(first_part)::bigint AS first_pence,
        sum(pence - first_part)::bigint AS second_pence, sum(mark * first_part) AS first_mark,
        sum(mark * (pence - first_part)) AS second_mark
    FROM few GROUP BY member_no, service_no, pledged_no
),
by_stream AS (
    SELECT a.member_no, a.service_no, coalesce(p.streams[1], '') AS stream, a.units, a.shared_units, a.first_pence AS pence,
        a.first_mark AS mark
    FROM added a LEFT JOIN month_pledged p ON p.no = a.pledged_no
    UNION ALL
    SELECT a.member_no, a.service_no, p.streams[2], a.units, 0, a.second_pence, a.second_mark
    FROM added a JOIN month_pledged p ON p.no = a.pledged_no AND p.stream_count = 2
    UNION ALL
    SELECT member_no, service_no, stream, sum(units), sum(shared_units), sum(pence)::bigint, sum(mark * pence)
    FROM many GROUP BY member_no, service_no, stream
)
SELECT b.member_no, s.service_id, b.stream, sum(b.units)::bigint AS units, coalesce(sum(b.shared_units), 0)::bigint AS shared_units,
    sum(b.pence)::bigint AS pence, sum(b.mark) AS mark
FROM by_stream b JOIN month_service s ON s.no = b.service_no
GROUP BY b.member_no, s.service_id, b.stream;
ANALYZE month_spent;
