-- capacity_is_kept.sql: a record of capacity is never edited, only followed by another; an authority for somebody who
-- cannot decide rests on one, and a nominated person is nobody's who cannot decide it.

CREATE TRIGGER people_capacity_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON people_capacityrecord
FOR EACH STATEMENT EXECUTE FUNCTION people_refuse_change();

CREATE FUNCTION people_check_capacity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.assessed_date > (NEW.recorded_at AT TIME ZONE 'Europe/London')::date THEN
        RAISE EXCEPTION 'Capacity is written down once it was looked at.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_capacity_was_looked_at';
    ELSIF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM people_capacityrecord r
        WHERE r.id = NEW.supersedes_id AND r.person_id = NEW.person_id AND r.matter = NEW.matter
            AND (r.matter <> 'other' OR r.decision = NEW.decision) AND r.assessed_date <= NEW.assessed_date
    ) THEN
        RAISE EXCEPTION 'A record of capacity follows one of the same decision, not later than itself.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_capacity_follows_the_same_decision';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER people_capacity_follows_the_same_decision BEFORE INSERT ON people_capacityrecord
FOR EACH ROW EXECUTE FUNCTION people_check_capacity();

CREATE FUNCTION people_check_authority_rests() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.kind = 'authorised' OR NEW.capacity_id IS NOT NULL) AND NOT EXISTS (
        SELECT FROM people_capacityrecord r
        WHERE r.id = NEW.capacity_id AND r.person_id = NEW.person_id AND r.outcome = 'lacks'
            AND NEW.kind IN ('authorised', 'attorney')
            AND (NEW.kind <> 'authorised' OR r.matter = 'direct_payment')
            AND r.look_again_date >= (NEW.given_at AT TIME ZONE 'Europe/London')::date
            AND NOT EXISTS (SELECT FROM people_capacityrecord s WHERE s.supersedes_id = r.id)
    ) THEN
        RAISE EXCEPTION 'Authority for somebody who cannot decide rests on a record of it that stands.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_authority_rests_on_capacity';
    ELSIF NEW.kind = 'nominated' AND EXISTS (
        SELECT FROM people_capacityrecord r
        WHERE r.person_id = NEW.person_id AND r.matter = 'direct_payment' AND r.outcome = 'lacks'
            AND NOT EXISTS (SELECT FROM people_capacityrecord s WHERE s.supersedes_id = r.id)
    ) THEN
        RAISE EXCEPTION 'Only who can decide about a direct payment nominates somebody to receive it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_authority_nominated_by_who_can';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER people_authority_rests_on_capacity BEFORE INSERT ON people_authority
FOR EACH ROW EXECUTE FUNCTION people_check_authority_rests();

-- An authority changes once, when it is withdrawn: all else stays, whatever columns there are.
CREATE OR REPLACE FUNCTION people_check_authority() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
        OR to_jsonb(OLD) - ARRAY['withdrawn_at', 'withdrawn_by']
            IS DISTINCT FROM to_jsonb(NEW) - ARRAY['withdrawn_at', 'withdrawn_by'] THEN
        RAISE EXCEPTION 'Authority % can only be withdrawn, once.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'people_authority_is_only_withdrawn';
    END IF;
    RETURN NEW;
END $$;
