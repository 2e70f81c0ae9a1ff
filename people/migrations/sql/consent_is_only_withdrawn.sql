-- consent_is_only_withdrawn.sql: a carer's consent is kept as it was given, and withdrawn once.

CREATE TRIGGER people_consent_is_kept BEFORE DELETE OR TRUNCATE ON people_carerconsent
FOR EACH STATEMENT EXECUTE FUNCTION people_refuse_change();

CREATE FUNCTION people_check_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
        OR (OLD.id, OLD.person_id, OLD.carer_id, OLD.hours_weekly, OLD.what, OLD.start_date, OLD.end_date,
            OLD.evidence, OLD.given_at, OLD.given_by)
        IS DISTINCT FROM (NEW.id, NEW.person_id, NEW.carer_id, NEW.hours_weekly, NEW.what, NEW.start_date,
                          NEW.end_date, NEW.evidence, NEW.given_at, NEW.given_by) THEN
        RAISE EXCEPTION 'Consent % can only be withdrawn, once.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'people_consent_is_only_withdrawn';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER people_consent_is_only_withdrawn BEFORE UPDATE ON people_carerconsent
FOR EACH ROW EXECUTE FUNCTION people_check_consent();
