-- answers_stay_as_given.sql: an answer to the ethical test is never changed; its check is added once, by somebody of the
-- council who does not work for the provider, and it runs out after that day. For psql too.

CREATE FUNCTION providers_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are never changed or taken away.', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END $$;

CREATE FUNCTION providers_check_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF num_nonnulls(NEW.checked_at, NEW.checked_by_id, NEW.is_accepted, NEW.expiry_date) > 0 THEN
            RAISE EXCEPTION 'An answer begins unchecked.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'providers_answer_begins_unchecked';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.is_accepted IS NOT NULL OR to_jsonb(OLD) - '{checked_at,checked_by_id,is_accepted,expiry_date}'::text[]
            <> to_jsonb(NEW) - '{checked_at,checked_by_id,is_accepted,expiry_date}'::text[] THEN
        RAISE EXCEPTION 'Answer % stays as it was given, and is checked once.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'providers_answer_stays_as_given';
    END IF;
    IF EXISTS (SELECT FROM providers_providerstaff s
            WHERE s.provider_id = NEW.provider_id AND s.user_id = NEW.checked_by_id)
        OR NOT EXISTS (SELECT FROM people_role r JOIN providers_provider p ON p.council_id = r.council_id
            WHERE p.id = NEW.provider_id AND r.user_id = NEW.checked_by_id
                AND r.kind IN ('commissioner', 'enterprise_officer')) THEN
        RAISE EXCEPTION 'Answer % is checked by somebody of the council, not by the provider.', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'providers_answer_is_checked_by_the_council';
    END IF;
    IF NEW.expiry_date <= NEW.checked_at::date THEN
        RAISE EXCEPTION 'The check of answer % has run out before it was made.', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'providers_check_lasts';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER providers_answer_stays_as_given BEFORE INSERT OR UPDATE ON providers_ethicalanswer
FOR EACH ROW EXECUTE FUNCTION providers_check_answer();
CREATE TRIGGER providers_answer_is_kept BEFORE DELETE OR TRUNCATE ON providers_ethicalanswer
FOR EACH STATEMENT EXECUTE FUNCTION providers_refuse_change();
