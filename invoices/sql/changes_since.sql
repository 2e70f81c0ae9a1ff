-- changes_since.sql: what changed for a provider after a place in the feed, each thing once, at its last change.
-- Values: provider, kind, epoch, txid, id (the place), many (how many at most).
--
-- The horizon is the oldest transaction that had not ended when this statement's snapshot was taken; every lower number
-- is either to be seen here or rolled back. Transactions that are known to be in another database are not waited for.
WITH here AS MATERIALIZED (
    SELECT coalesce(
            (SELECT e.number FROM invoices_syncepoch e JOIN pg_control_system() s ON s.system_identifier = e.server),
            32767) AS epoch,
        coalesce(
            (SELECT min(running.txid::text::bigint)
             FROM pg_snapshot_xip(pg_current_snapshot()) running (txid)
             WHERE NOT EXISTS (
                SELECT FROM pg_locks held
                JOIN pg_stat_activity who ON who.pid = held.pid
                JOIN pg_database elsewhere ON elsewhere.oid = who.datid AND elsewhere.datname <> current_database()
                WHERE held.locktype = 'transactionid' AND held.mode = 'ExclusiveLock' AND held.granted
                    AND held.transactionid = running.txid::xid)),
            pg_snapshot_xmax(pg_current_snapshot())::text::bigint) AS horizon
)
SELECT c.object_id, c.epoch, c.txid, c.id
FROM invoices_change c, here h
WHERE c.provider_id = %(provider)s AND c.kind = %(kind)s
    AND (c.epoch, c.txid, c.id) > (%(epoch)s, %(txid)s, %(id)s)
    AND (c.epoch, c.txid) < (h.epoch, h.horizon)
    AND NOT EXISTS (
        SELECT FROM invoices_change l
        WHERE l.object_id = c.object_id AND l.kind = c.kind
            AND (l.epoch, l.txid) > (c.epoch, c.txid) AND (l.epoch, l.txid) < (h.epoch, h.horizon))
ORDER BY c.epoch, c.txid, c.id
LIMIT %(many)s
