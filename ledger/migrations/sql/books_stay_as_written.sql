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
CREATE TRIGGER ledger_book_is_kept BEFORE DELETE OR TRUNCATE ON ledger_book
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- An account keeps its name, and only a transfer changes its balance (the trigger on transfers runs one level
-- deeper than any statement of ours or of psql).
CREATE FUNCTION ledger_refuse_hand_on_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'A new account starts at nothing.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF pg_trigger_depth() < 2 OR (OLD.id, OLD.book_id, OLD.kind, OLD.owner_id, OLD.stream)
            IS DISTINCT FROM (NEW.id, NEW.book_id, NEW.kind, NEW.owner_id, NEW.stream)
            OR OLD.earmark_id IS DISTINCT FROM NEW.earmark_id THEN
        RAISE EXCEPTION 'Account % is changed by transfers alone.', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_account_moves_by_transfer BEFORE UPDATE ON ledger_account
FOR EACH ROW EXECUTE FUNCTION ledger_refuse_hand_on_account();
CREATE TRIGGER ledger_account_starts_at_nothing BEFORE INSERT ON ledger_account
FOR EACH ROW WHEN (NEW.balance_pence <> 0 OR NEW.move_count <> 0)
EXECUTE FUNCTION ledger_refuse_hand_on_account();
