-- somebody_away.sql: whether anybody of the chunk was away on a day of which something is shared. Found by absence, of
-- which there are few or none. Uses what is laid out.
SELECT EXISTS (
    SELECT FROM month_member m
    JOIN clusters_absence a USING (membership_id)
    JOIN month_line l ON l.cluster_id = m.cluster_id AND l.rule <> 'by_use' AND l.service_date >= a.start_date
        AND l.service_date < coalesce(a.back_date, a.end_date))
