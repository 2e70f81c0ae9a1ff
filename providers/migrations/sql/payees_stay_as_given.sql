-- payees_stay_as_given.sql: where a provider is paid is never changed: new details are a new row, checked by somebody else.
CREATE FUNCTION providers_refuse_payee_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: new bank details are a new row, and are checked once.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER providers_payee_is_kept BEFORE DELETE OR TRUNCATE ON providers_payeeaccount
FOR EACH STATEMENT EXECUTE FUNCTION providers_refuse_payee_change();
CREATE TRIGGER providers_payee_is_checked_once BEFORE UPDATE ON providers_payeeaccount
FOR EACH ROW WHEN (OLD.checked_at IS NOT NULL
    OR (OLD.id, OLD.provider_id, OLD.account_name, OLD.sort_code, OLD.account_number, OLD.given_at, OLD.given_by_id)
        IS DISTINCT FROM
       (NEW.id, NEW.provider_id, NEW.account_name, NEW.sort_code, NEW.account_number, NEW.given_at, NEW.given_by_id))
EXECUTE FUNCTION providers_refuse_payee_change();
