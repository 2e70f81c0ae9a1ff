-- practised_runs_stay_apart.sql: who is made up pays for made-up councils alone, and nobody real pays for those.
CREATE FUNCTION invoices_check_practised_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT c.is_practice FROM people_council c WHERE c.id = NEW.council_id)
        IS DISTINCT FROM (SELECT u.email LIKE '%@practice.invalid' AND NOT u.is_active
                          FROM people_user u WHERE u.id = NEW.made_by_id) THEN
        RAISE EXCEPTION 'Who is made up pays for councils that are made up, and nobody else does.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_run_is_of_its_own_world';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoices_run_is_of_its_own_world BEFORE INSERT ON invoices_paymentrun
FOR EACH ROW EXECUTE FUNCTION invoices_check_practised_run();
