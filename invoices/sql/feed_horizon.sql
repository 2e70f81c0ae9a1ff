-- feed_horizon.sql: the epoch of this server, and the oldest transaction that may still write what was not seen; those that
-- are known to be in another database are not waited for.
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
