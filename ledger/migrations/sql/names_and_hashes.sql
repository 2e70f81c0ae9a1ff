-- names_and_hashes.sql: what an account is called and what proves a row, in one place for posting and checking.
-- STABLE where PostgreSQL calls a part of it so (it would not inline an IMMUTABLE one, and call it row by row);
-- none of them looks at anything but its arguments.

-- The same as ledger.rules.account_id in Python.
CREATE FUNCTION ledger_account_id(book uuid, kind text, owner uuid, earmark uuid, stream text) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE RETURN
    encode(substring(sha256(convert_to(
        book::text || '|' || kind || '|' || owner::text || '|' || coalesce(earmark::text, '') || '|' || stream,
        'UTF8')) FROM 1 FOR 16), 'hex')::uuid;

-- What an entry says: the same key with another of these is another entry, and is refused. A JSON array, because
-- two different bodies can never be the same text, whatever a key or a reason holds.
-- `moves` are its transfers as "source>target:pence", in order of source and target, joined by commas.
CREATE FUNCTION ledger_body_hash(
    key text, kind text, effective_date date, concerned_date date, reason text, basis jsonb,
    reverses uuid, reversal_reason text, moves text
) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE RETURN
    sha256(convert_to(jsonb_build_array(
        key, kind, effective_date, concerned_date, reason, basis, reverses, reversal_reason, moves)::text, 'UTF8'));

-- The whole row of an entry: what it says, which row it is, when and by whom it was recorded.
CREATE FUNCTION ledger_entry_digest(
    body_hash bytea, id uuid, book uuid, recorded_at timestamptz, recorded_by text, recorded_in xid8
) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE RETURN
    sha256(body_hash || uuid_send(id) || uuid_send(book) || timestamptz_send(recorded_at) || xid8send(recorded_in)
        || convert_to(recorded_by, 'UTF8'));

-- The whole row of a transfer, so that check_books can name the very row that was changed by hand.
CREATE FUNCTION ledger_transfer_checksum(
    id uuid, book uuid, entry uuid, source uuid, target uuid, amount_pence bigint, effective_date date
) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    crc32(uuid_send(id) || uuid_send(book) || uuid_send(entry) || uuid_send(source) || uuid_send(target)
        || int8send(amount_pence) || date_send(effective_date));

-- The whole row of a book, for the same.
CREATE FUNCTION ledger_book_checksum(id uuid, name text) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE RETURN crc32(uuid_send(id) || convert_to(name, 'UTF8'));

-- A closing balance is called after its period and its account.
CREATE FUNCTION ledger_closing_balance_id(period uuid, account uuid) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    encode(substring(sha256(uuid_send(period) || uuid_send(account)) FROM 1 FOR 16), 'hex')::uuid;

-- The seal of a period: the seal before (or nothing), the row itself, its entries and its closing balances.
CREATE FUNCTION ledger_seal(
    previous bytea, id uuid, book uuid, start_date date, end_date date, entry_count bigint, entries bytea,
    balances bytea, closed_at timestamptz, closed_by text, recorded_in xid8
) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE RETURN
    sha256(coalesce(previous, sha256('')) || uuid_send(id) || uuid_send(book) || date_send(start_date)
        || date_send(end_date) || int8send(entry_count) || entries || balances || timestamptz_send(closed_at)
        || xid8send(recorded_in) || convert_to(closed_by, 'UTF8'));

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
