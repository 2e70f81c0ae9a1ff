-- post.sql: writes entries and their transfers in one statement. Runs for one entry or for a hundred thousand.
--
-- drafts: draft_no, id, key, kind, effective_date, concerned_date, reason, basis, reverses_id, reversal_reason
-- moves:  draft_no, source_id, target_id, amount_pence
-- An entry whose key is there already is not written again; the answer says what stands in the books for each key,
-- and whether it says the same.
WITH draft AS MATERIALIZED ({drafts}),
moves AS MATERIALIZED ({moves}),
body AS MATERIALIZED (
    SELECT d.*, %(book)s::uuid AS book_id,
        ledger_body_hash(d.key, d.kind, d.effective_date, d.concerned_date, d.reason, d.basis,
                         d.reverses_id, d.reversal_reason, m.moves) AS body_hash
    FROM draft d
    JOIN (
        SELECT draft_no,
            string_agg(source_id || '>' || target_id || ':' || amount_pence, ',' ORDER BY source_id, target_id) AS moves
        FROM moves GROUP BY draft_no
    ) m USING (draft_no)
),
entry AS (
    INSERT INTO ledger_entry (id, book_id, key, kind, reason, basis, effective_date, concerned_date, reverses_id,
                              reversal_reason, recorded_at, recorded_by, recorded_in, body_hash, digest)
    SELECT b.id, %(book)s, b.key, b.kind, b.reason, b.basis, b.effective_date, b.concerned_date, b.reverses_id,
        b.reversal_reason, now(), %(by)s::text, pg_current_xact_id(), b.body_hash,
        ledger_entry_digest(b.body_hash, b.id, %(book)s, now(), %(by)s::text, pg_current_xact_id())
    FROM body b ORDER BY b.key
    ON CONFLICT (book_id, key) DO NOTHING
    RETURNING id
),
transfer AS (
    INSERT INTO ledger_transfer (id, book_id, entry_id, source_id, target_id, amount_pence, effective_date, checksum)
    SELECT t.id, %(book)s, t.entry_id, t.source_id, t.target_id, t.amount_pence, t.effective_date,
        ledger_transfer_checksum(t.id, %(book)s, t.entry_id, t.source_id, t.target_id, t.amount_pence, t.effective_date)
    FROM (
        SELECT uuidv7() AS id, b.id AS entry_id, m.source_id, m.target_id, m.amount_pence, b.effective_date
        FROM moves m LEFT JOIN body b USING (draft_no) LEFT JOIN entry e ON e.id = b.id
        WHERE e.id IS NOT NULL OR b.id IS NULL  -- a move without its draft is refused: it has no entry
    ) t
)
