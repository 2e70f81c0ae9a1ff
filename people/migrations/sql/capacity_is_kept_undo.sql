-- capacity_is_kept_undo.sql: takes back capacity_is_kept.sql.

DROP TRIGGER people_authority_rests_on_capacity ON people_authority;
DROP FUNCTION people_check_authority_rests();
DROP TRIGGER people_capacity_follows_the_same_decision ON people_capacityrecord;
DROP FUNCTION people_check_capacity();
DROP TRIGGER people_capacity_stays ON people_capacityrecord;
CREATE OR REPLACE FUNCTION people_check_authority() RETURNS trigger LANGUAGE plpgsql AS $$
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
