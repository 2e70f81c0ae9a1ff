-- bulk_committed.sql: locks the money of the chunk's members, rows in id order, and lays out what is committed.
-- Values: book, chunk.
SELECT FROM ledger_account a
WHERE a.kind IN ('pool_share', 'committed') AND a.book_id = %(book)s
    AND a.owner_id IN (SELECT DISTINCT membership_id FROM bulk_step)
ORDER BY a.id FOR NO KEY UPDATE;

CREATE TEMP TABLE bulk_committed ON COMMIT DROP AS
SELECT a.id AS account_id, a.earmark_id AS contract_id, a.owner_id AS membership_id, a.stream, a.balance_pence
FROM ledger_account a
WHERE a.kind = 'committed' AND a.book_id = %(book)s AND a.balance_pence > 0
    AND a.owner_id IN (SELECT DISTINCT membership_id FROM bulk_step);
ANALYZE bulk_committed;
