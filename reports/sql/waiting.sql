-- waiting.sql: what waits for somebody: invoice lines that are held, and what people wanted and did not get.
--
-- {holds}, {unmet}: the two counts. Values: those of both.
SELECT 'held' AS what, reason, owner, age, lines AS times, pence, overdue FROM ({holds}) held
UNION ALL
SELECT what, NULL, NULL, NULL, times, pence, NULL FROM ({unmet}) unmet
ORDER BY times DESC, reason, owner, age
