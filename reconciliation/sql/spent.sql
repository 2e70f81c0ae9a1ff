-- spent.sql: the shares of the month added up by member, stream and service. `mark` is a sum over the lines of the
-- share times a number of its entry's: two sums agree in it only where every single share does.
CREATE TEMP TABLE month_spent ON COMMIT DROP AS
WITH {shares},
added AS (
    SELECT membership_id, service_id, first_stream, second_stream, sum(units) AS units, sum(first_part)::bigint AS first_pence,
        sum(pence - first_part)::bigint AS second_pence,
        sum((uuid_hash(entry_id) & 1073741823)::bigint * first_part) AS first_mark,
        sum((uuid_hash(entry_id) & 1073741823)::bigint * (pence - first_part)) AS second_mark
    FROM few GROUP BY membership_id, service_id, first_stream, second_stream
),
by_stream AS (
    SELECT membership_id, service_id, coalesce(first_stream, '') AS stream, units, first_pence AS pence, first_mark AS mark FROM added
    UNION ALL
    SELECT membership_id, service_id, second_stream, units, second_pence, second_mark FROM added WHERE second_stream IS NOT NULL
    UNION ALL
    SELECT membership_id, service_id, stream, sum(units), sum(pence)::bigint,
        sum((uuid_hash(entry_id) & 1073741823)::bigint * pence)
    FROM many GROUP BY membership_id, service_id, stream
)
SELECT membership_id, service_id, stream, sum(units) AS units, sum(pence)::bigint AS pence, sum(mark) AS mark
FROM by_stream GROUP BY membership_id, service_id, stream;
ANALYZE month_spent;
