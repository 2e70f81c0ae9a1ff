-- books_stay_as_written.sql: append-only holds for psql as well as for Django.

CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: the books are written once. Reverse the entry instead.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER ledger_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_transfer_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transfer
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_period_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_period
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_closing_balance_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_closingbalance
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_account_is_kept BEFORE DELETE OR TRUNCATE ON ledger_account
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_account_keeps_its_name BEFORE UPDATE OF id, book_id, kind, owner_id, earmark_id, stream
ON ledger_account FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_book_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_book
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- Some rows only the books' own triggers may write: balances, and what closing a period writes down. Those run as
-- the tables' owner and one level deeper than any statement; a trigger on somebody's temporary table is deeper too,
-- but runs as somebody.
CREATE FUNCTION ledger_refuse_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 OR current_user <> (
        SELECT pg_catalog.pg_get_userbyid(c.relowner) FROM pg_catalog.pg_class c WHERE c.oid = TG_RELID
    ) THEN
        RAISE EXCEPTION '% of % is refused: only % does that.', TG_OP, TG_TABLE_NAME, TG_ARGV[0]
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_account_moves_by_transfer BEFORE UPDATE ON ledger_account
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_hand('a transfer');
CREATE TRIGGER ledger_closing_balance_is_written_by_closing BEFORE INSERT ON ledger_closingbalance
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_hand('closing a period');

CREATE FUNCTION ledger_refuse_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Account % is refused: it starts at nothing, under the name of what it is.', NEW.id
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER ledger_account_starts_at_nothing BEFORE INSERT ON ledger_account
FOR EACH ROW WHEN (NEW.balance_pence <> 0 OR NEW.move_count <> 0
    OR NEW.id <> ledger_account_id(NEW.book_id, NEW.kind, NEW.owner_id, NEW.earmark_id, NEW.stream))
EXECUTE FUNCTION ledger_refuse_account();

CREATE FUNCTION ledger_mark_book() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.checksum := public.ledger_book_checksum(NEW.id, NEW.name);
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_book_is_marked BEFORE INSERT ON ledger_book
FOR EACH ROW EXECUTE FUNCTION ledger_mark_book();
