-- spent.sql: the shares of the month added up by member, stream and service. `mark` is a sum over the lines of the
-- share times a number of its entry's: two sums agree in it only where every single share does. `shared_units` are the
-- units of lines the member pays a part of, told with the first of their streams only, so that they can be added up.
CREATE TEMP TABLE month_spent ON COMMIT DROP AS
WITH {shares},
added AS (
    SELECT member_no, service_no, pledged_no, units, shared_units, pence, mark, second_pence, second_mark
    FROM month_used WHERE is_plain AND member_no IS NOT NULL
    UNION ALL
    SELECT member_no, service_no, pledged_no, sum(units),
        sum(units) - coalesce(sum(units) FILTER (WHERE pence = 0), 0), sum(pence)::bigint,
        sum(mark * pence), sum(second_part)::bigint, sum(mark * second_part)
    FROM few GROUP BY member_no, service_no, pledged_no
),
by_stream AS (
    SELECT a.member_no, a.service_no, coalesce(p.streams[1], '') AS stream, a.units, a.shared_units,
        a.pence - coalesce(a.second_pence, 0) AS pence, a.mark - coalesce(a.second_mark, 0) AS mark
    FROM added a LEFT JOIN month_pledged p ON p.no = a.pledged_no
    UNION ALL
    SELECT a.member_no, a.service_no, p.streams[2], a.units, 0, a.second_pence, a.second_mark
    FROM added a JOIN month_pledged p ON p.no = a.pledged_no AND p.stream_count = 2
    UNION ALL
    SELECT member_no, service_no, stream, sum(units), sum(shared_units), sum(pence)::bigint, sum(mark * pence)
    FROM many GROUP BY member_no, service_no, stream
)
SELECT member_no, service_no, stream, sum(units) AS units, coalesce(sum(shared_units), 0) AS shared_units,
    sum(pence)::bigint AS pence, sum(mark) AS mark
FROM by_stream GROUP BY member_no, service_no, stream;
ANALYZE month_spent (member_no, service_no);

-- What was billed for each service, whoever pays it.
CREATE TEMP TABLE month_billed ON COMMIT DROP AS
SELECT service_no, sum(lines)::bigint AS lines, sum(units) AS units, sum(pence)::bigint AS pence
FROM (
    SELECT service_no, lines, units, pence FROM month_used WHERE is_plain
    UNION ALL SELECT service_no, 1, units, amount_pence FROM month_line
) l
GROUP BY service_no;
