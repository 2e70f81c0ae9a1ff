-- codes_stay_as_set.sql: codes of finance systems are only added to, never for days that are closed.

-- What holds until a council says otherwise: words, so that nobody takes them for codes of their own system.
INSERT INTO reports_ledgercode (sort, account_kind, stream_code, service_code, code, effective_date, set_by) VALUES
    ('cost_centre', '', '', '', 'ADULT-CARE', '2020-01-01', 'system:migrate'),
    ('subjective', 'funding', '', '', 'CARE-FUNDING', '2020-01-01', 'system:migrate'),
    ('subjective', 'budget', '', '', 'PERSONAL-BUDGETS', '2020-01-01', 'system:migrate'),
    ('subjective', 'pool_share', '', '', 'POOLED-CARE', '2020-01-01', 'system:migrate'),
    ('subjective', 'committed', '', '', 'POOLED-CARE', '2020-01-01', 'system:migrate'),
    ('subjective', 'payable', '', '', 'CREDITORS', '2020-01-01', 'system:migrate'),
    ('subjective', 'bank', '', '', 'BANK', '2020-01-01', 'system:migrate'),
    ('subjective', 'direct_payment', '', '', 'DIRECT-PAYMENTS', '2020-01-01', 'system:migrate'),
    ('subjective', 'savings', '', '', 'SAVINGS', '2020-01-01', 'system:migrate'),
    ('subjective', 'community_fund', '', '', 'COMMUNITY-FUND', '2020-01-01', 'system:migrate'),
    ('subjective', 'project_payable', '', '', 'CREDITORS', '2020-01-01', 'system:migrate'),
    ('subjective', 'enterprise_fund', '', '', 'ENTERPRISE-FUND', '2020-01-01', 'system:migrate'),
    ('subjective', 'advance', '', '', 'ADVANCES', '2020-01-01', 'system:migrate'),
    -- Welfare services of regulated providers are exempt (VAT Act 1994, schedule 9, group 7).
    ('vat', '', '', '', 'EXEMPT', '2020-01-01', 'system:migrate');

CREATE TRIGGER reports_code_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON reports_ledgercode
FOR EACH STATEMENT EXECUTE FUNCTION reports_refuse_change();

-- The book's door is held open meanwhile (shared), as for a posting, so that no month closes in between.
CREATE FUNCTION reports_check_code() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    book uuid;
BEGIN
    IF NEW.council_id IS NULL THEN
        RAISE EXCEPTION 'Codes without a council come with a migration: they would change what was handed over.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reports_code_is_of_a_council';
    END IF;
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'Set codes in read committed: an older snapshot could miss that the month has closed.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reports_code_begins_in_the_open';
    END IF;
    SELECT c.book_id INTO book FROM people_council c WHERE c.id = NEW.council_id;
    PERFORM pg_advisory_xact_lock_shared(ledger_door(book));
    IF NEW.effective_date < ledger_open_from(book) THEN
        RAISE EXCEPTION 'The books are closed up to %; a code begins then or later.', ledger_open_from(book)
            USING ERRCODE = 'check_violation', CONSTRAINT = 'reports_code_begins_in_the_open';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER reports_code_begins_in_the_open BEFORE INSERT ON reports_ledgercode
FOR EACH ROW EXECUTE FUNCTION reports_check_code();

REVOKE EXECUTE ON FUNCTION reports_check_code FROM PUBLIC;
