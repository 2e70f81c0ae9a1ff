-- changes_since.sql: what changed for a provider after a place in the feed, each thing once, at its last change.
-- Values: provider, kind, epoch, txid, id (the place), many (how many at most).
--
-- {horizon} is feed_horizon.sql: the oldest transaction that had not ended when this statement's snapshot was taken; every
-- lower number is either to be seen here or rolled back.
WITH here AS MATERIALIZED (
    {horizon}
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
