-- what_was_told_and_agreed_stays.sql: notices, authorities and policy keep what they said; a death is told once.

CREATE FUNCTION people_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it is kept.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER people_notice_is_kept BEFORE DELETE OR TRUNCATE ON people_notice
FOR EACH STATEMENT EXECUTE FUNCTION people_refuse_change();
CREATE TRIGGER people_authority_is_kept BEFORE DELETE OR TRUNCATE ON people_authority
FOR EACH STATEMENT EXECUTE FUNCTION people_refuse_change();
CREATE TRIGGER people_policyvalue_is_kept BEFORE DELETE OR TRUNCATE ON people_policyvalue
FOR EACH STATEMENT EXECUTE FUNCTION people_refuse_change();

-- A notice begins unsent. What it says, to whom and which way stays; how far it has come goes forward only, and
-- each of its moments is written once. An e-mail that did not arrive may still be posted.
CREATE FUNCTION people_check_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'A notice begins unsent and unread.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_notice_begins_unsent';
    ELSIF (OLD.id, OLD.council_id, OLD.person_id, OLD.user_id, OLD.key, OLD.kind, OLD.subject, OLD.words,
           OLD.easy_words, OLD.about, OLD.channel, OLD.made_at, OLD.made_by)
        IS DISTINCT FROM (NEW.id, NEW.council_id, NEW.person_id, NEW.user_id, NEW.key, NEW.kind, NEW.subject,
                          NEW.words, NEW.easy_words, NEW.about, NEW.channel, NEW.made_at, NEW.made_by) THEN
        RAISE EXCEPTION 'Notice % stays as it was written.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'people_notice_stays_as_written';
    ELSIF (OLD.begun_at IS NOT NULL AND OLD.begun_at IS DISTINCT FROM NEW.begun_at)
        OR (OLD.sent_at IS NOT NULL AND OLD.sent_at IS DISTINCT FROM NEW.sent_at)
        OR (OLD.read_at IS NOT NULL AND OLD.read_at IS DISTINCT FROM NEW.read_at)
        OR (OLD.problem <> '' AND OLD.problem <> NEW.problem)
        OR (OLD.sent_by <> '' AND OLD.sent_by <> NEW.sent_by) THEN
        RAISE EXCEPTION 'When notice % was sent and read is written once.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'people_notice_says_each_moment_once';
    ELSIF OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN (
        'waiting>sending', 'waiting>failed', 'sending>sent', 'sending>failed', 'to_print>posted', 'failed>posted') THEN
        RAISE EXCEPTION 'A notice cannot go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_notice_goes_forward';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER people_notice_stays_as_written BEFORE UPDATE ON people_notice
FOR EACH ROW EXECUTE FUNCTION people_check_notice();
CREATE TRIGGER people_notice_begins_unsent BEFORE INSERT ON people_notice
FOR EACH ROW WHEN (
    NEW.state NOT IN ('waiting', 'to_print')
    OR COALESCE(NEW.begun_at, NEW.sent_at, NEW.read_at) IS NOT NULL
) EXECUTE FUNCTION people_check_notice();

-- An authority changes once: when it is withdrawn.
CREATE FUNCTION people_check_authority() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
        OR (OLD.id, OLD.person_id, OLD.helper_id, OLD.kind, OLD.scopes, OLD.start_date, OLD.end_date, OLD.evidence,
            OLD.given_at, OLD.given_by)
        IS DISTINCT FROM (NEW.id, NEW.person_id, NEW.helper_id, NEW.kind, NEW.scopes, NEW.start_date, NEW.end_date,
                          NEW.evidence, NEW.given_at, NEW.given_by) THEN
        RAISE EXCEPTION 'Authority % can only be withdrawn, once.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'people_authority_is_only_withdrawn';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER people_authority_is_only_withdrawn BEFORE UPDATE ON people_authority
FOR EACH ROW EXECUTE FUNCTION people_check_authority();

-- A value of policy is only ended, once: another value is another row.
CREATE FUNCTION people_check_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.until_date IS NOT NULL OR NEW.until_date IS NULL
        OR (OLD.id, OLD.council_id, OLD.code, OLD.value, OLD.unit, OLD.effective_date, OLD.source)
        IS DISTINCT FROM (NEW.id, NEW.council_id, NEW.code, NEW.value, NEW.unit, NEW.effective_date, NEW.source) THEN
        RAISE EXCEPTION 'Policy % is only ended, once.', OLD.code
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'people_policy_is_only_ended';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER people_policy_is_only_ended BEFORE UPDATE ON people_policyvalue
FOR EACH ROW EXECUTE FUNCTION people_check_policy();

CREATE FUNCTION people_check_death() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'That person % has died is written down already.', OLD.id
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'people_person_dies_once';
END $$;

CREATE TRIGGER people_person_dies_once BEFORE UPDATE ON people_person
FOR EACH ROW WHEN (OLD.died_date IS NOT NULL AND OLD.died_date IS DISTINCT FROM NEW.died_date)
EXECUTE FUNCTION people_check_death();
