-- shares.sql: what each member pays of each line of the month, worked out from the line, the sharing rule, the members
-- of that day and their pledges alone. Nothing here looks at a posting. `pledged_no`: which of their pledges counted.
-- {parts} is parts.sql, or parts_away.sql where somebody was away.
{parts}
-- Of one stream or two, the first pays its part rounded half up and the second the rest: that is the largest remainder,
-- ties to the first. Of more, the remainders are ranked. Who has pledged nothing pays from no stream at all.
few AS (
    SELECT no, mark, service_no, units, member_no, pledged_no, pence, CASE WHEN stream_count = 2 THEN
        CASE WHEN pence >= 0 THEN pence - (2 * pence * first_pence + total_pence) / (2 * total_pence)
             ELSE pence + (-2 * pence * first_pence + total_pence) / (2 * total_pence) END END AS second_part
    FROM part WHERE coalesce(stream_count, 0) <= 2
),
many AS (
    SELECT s.no, s.mark, s.service_no, s.units, s.member_no, s.stream,
        CASE WHEN s.nth = 1 AND s.pence <> 0 THEN s.units ELSE 0 END AS shared_units, sign(s.pence)::bigint * (s.floor_pence
            + (row_number() OVER (PARTITION BY s.no, s.member_no ORDER BY s.remainder DESC, s.nth) <= abs(s.pence)
                - sum(s.floor_pence) OVER (PARTITION BY s.no, s.member_no))::int) AS pence
    FROM (
        SELECT t.*, u.stream, u.nth, abs(t.pence) * u.pledged / t.total_pence AS floor_pence,
            abs(t.pence) * u.pledged %% t.total_pence AS remainder
        FROM part t
        JOIN month_pledged p ON p.no = t.pledged_no
        CROSS JOIN LATERAL unnest(p.streams, p.pences) WITH ORDINALITY AS u(stream, pledged, nth)
        WHERE t.stream_count > 2 AND (SELECT max(stream_count) FROM month_pledged) > 2  -- else nothing is worked out for it
    ) s
)
