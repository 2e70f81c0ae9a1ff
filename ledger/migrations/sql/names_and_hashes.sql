-- names_and_hashes.sql: what an account is called and what proves a row, in one place for posting and checking.

-- The same as ledger.rules.account_id in Python.
CREATE FUNCTION ledger_account_id(book uuid, kind text, owner uuid, earmark uuid, stream text) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    encode(substring(sha256(convert_to(
        book::text || '|' || kind || '|' || owner::text || '|' || coalesce(earmark::text, '') || '|' || stream,
        'UTF8')) FROM 1 FOR 16), 'hex')::uuid;

-- What an entry says: the same key with another of these is another entry, and is refused.
-- `moves` are its transfers as "source>target:pence", in order of source and target, joined by commas.
CREATE FUNCTION ledger_body_hash(
    key text, kind text, effective_date date, concerned_date date, reason text, basis jsonb,
    reverses uuid, reversal_reason text, moves text
) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    sha256(convert_to(
        key || chr(10) || kind || chr(10) || to_char(effective_date, 'YYYY-MM-DD') || chr(10)
        || coalesce(to_char(concerned_date, 'YYYY-MM-DD'), '') || chr(10) || reason || chr(10) || basis::text || chr(10)
        || coalesce(reverses::text, '') || chr(10) || reversal_reason || chr(10) || moves, 'UTF8'));

-- The whole row of an entry: what it says, which row it is, when and by whom it was recorded.
CREATE FUNCTION ledger_entry_digest(
    body_hash bytea, id uuid, book uuid, recorded_at timestamptz, recorded_by text, recorded_in xid8
) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    sha256(body_hash || uuid_send(id) || uuid_send(book) || timestamptz_send(recorded_at)
        || convert_to(recorded_by || chr(10) || recorded_in::text, 'UTF8'));

-- The whole row of a transfer, so that check_books can name the very row that was changed by hand.
CREATE FUNCTION ledger_transfer_checksum(
    id uuid, book uuid, entry uuid, source uuid, target uuid, amount_pence bigint, effective_date date
) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    crc32(uuid_send(id) || uuid_send(book) || uuid_send(entry) || uuid_send(source) || uuid_send(target)
        || int8send(amount_pence) || date_send(effective_date));

-- The moves of money the books know (design section 2); a reversal goes the other way round.
CREATE FUNCTION ledger_may_move(kind text, source_kind text, target_kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (kind || ':' || source_kind || '>' || target_kind) IN (
        'allocate:funding>budget',
        'pledge:budget>pool_share',
        'return:pool_share>budget',
        'commit:pool_share>committed',
        'release:committed>pool_share',
        'invoice:committed>payable', 'invoice:pool_share>payable',
        'credit:payable>pool_share',
        'pay:payable>bank',
        'direct_payment:budget>direct_payment', 'direct_payment:direct_payment>budget',
        'surplus:budget>savings', 'surplus:pool_share>savings',
        'surplus:budget>community_fund', 'surplus:pool_share>community_fund',
        'grant:community_fund>project_payable',
        'advance:enterprise_fund>advance', 'advance:advance>enterprise_fund');
