-- post_one.sql: writes one new entry with its transfers, in half the steps that post.sql needs for any number of them.
--
-- moves: source_id, target_id, amount_pence
-- Both files write the same rows: change both. Where an entry of this key is there already nothing is written and nothing
-- is answered; post.sql then says what stands.
WITH move AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(moves)s::json) AS m(source_id uuid, target_id uuid, amount_pence bigint)
),
entry AS (
    INSERT INTO ledger_entry (id, book_id, key, kind, reason, basis, effective_date, concerned_date, reverses_id,
                              reversal_reason, recorded_at, recorded_by, recorded_in, body_hash, digest)
    SELECT b.id, %(book)s::uuid, %(key)s, %(kind)s, %(reason)s, %(basis)s::jsonb, %(effective_date)s::date,
        %(concerned_date)s::date, %(reverses_id)s::uuid, %(reversal_reason)s, now(), %(by)s::text, pg_current_xact_id(),
        b.body_hash, ledger_entry_digest(b.body_hash, b.id, %(book)s::uuid, now(), %(by)s::text, pg_current_xact_id())
    FROM (
        SELECT uuidv7() AS id, ledger_body_hash(
            %(key)s::text, %(kind)s::text, %(effective_date)s::date, %(concerned_date)s::date, %(reason)s::text,
            %(basis)s::jsonb, %(reverses_id)s::uuid, %(reversal_reason)s::text,
            (SELECT string_agg(source_id || '>' || target_id || ':' || amount_pence, ',' ORDER BY source_id, target_id)
             FROM move)) AS body_hash
    ) b
    ON CONFLICT (book_id, key) DO NOTHING
    RETURNING id, book_id, effective_date
),
transfer AS (
    INSERT INTO ledger_transfer (id, book_id, entry_id, source_id, target_id, amount_pence, effective_date, checksum)
    SELECT t.id, t.book_id, t.entry_id, t.source_id, t.target_id, t.amount_pence, t.effective_date,
        ledger_transfer_checksum(t.id, t.book_id, t.entry_id, t.source_id, t.target_id, t.amount_pence, t.effective_date)
    FROM (SELECT uuidv7() AS id, e.id AS entry_id, e.book_id, e.effective_date, m.* FROM entry e CROSS JOIN move m) t
)
SELECT e.id FROM entry e
