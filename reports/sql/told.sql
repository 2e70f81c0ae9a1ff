-- told.sql: every way a report adds things up, with what was spent and how much that bought.
--
-- {spending}, {bought}: the two sums, by the same way, key and unit. Values: those of both.
SELECT told_by, key, unit, s.month_pence, s.year_pence, s.month_people, s.year_people, s.first_month,
    b.month_units, b.year_units, b.year_pence, b.year_shared, b.known_shared, b.known_pence, b.alone_pence
FROM ({spending}) s FULL JOIN ({bought}) b USING (told_by, key, unit)
ORDER BY told_by, s.year_pence DESC, key, unit
