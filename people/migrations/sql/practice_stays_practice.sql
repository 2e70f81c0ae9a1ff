-- practice_stays_practice.sql: a council that is made up never becomes a real one, nor a real one made up; and nobody
-- works for one that is made up, so nobody can pay out of its book, close its months or see its people.
CREATE FUNCTION people_refuse_other_council() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A council is either real or to practise on, and stays so.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER people_council_stays_what_it_is BEFORE UPDATE ON people_council
FOR EACH ROW WHEN (OLD.is_practice IS DISTINCT FROM NEW.is_practice)
EXECUTE FUNCTION people_refuse_other_council();

CREATE FUNCTION people_refuse_role_in_practice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM people_council WHERE id = NEW.council_id AND is_practice) THEN
        RAISE EXCEPTION 'Nobody works for a council that is made up to practise on.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER people_role_is_in_a_real_council BEFORE INSERT OR UPDATE ON people_role
FOR EACH ROW EXECUTE FUNCTION people_refuse_role_in_practice();
