-- sandboxes_are_apart.sql: a sandbox leads from a real council to one that is made up, never anywhere else, and is kept.
CREATE FUNCTION providers_check_sandbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT council.is_practice FROM providers_provider made_up JOIN people_council council
        ON council.id = made_up.council_id WHERE made_up.id = NEW.practice_id) IS NOT TRUE
       OR (SELECT council.is_practice FROM providers_provider own JOIN people_council council
           ON council.id = own.council_id WHERE own.id = NEW.provider_id) IS NOT FALSE THEN
        RAISE EXCEPTION 'A sandbox leads from a provider of a real council to one of a council that is made up.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER providers_sandbox_is_apart BEFORE INSERT ON providers_sandbox
FOR EACH ROW EXECUTE FUNCTION providers_check_sandbox();

CREATE FUNCTION providers_refuse_sandbox_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: to start over, make another sandbox.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER providers_sandbox_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON providers_sandbox
FOR EACH STATEMENT EXECUTE FUNCTION providers_refuse_sandbox_change();

-- A key belongs to a real provider, whatever it opens.
CREATE FUNCTION providers_check_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM providers_provider own JOIN people_council council ON council.id = own.council_id
               WHERE own.id = NEW.provider_id AND council.is_practice) THEN
        RAISE EXCEPTION 'A key belongs to a provider of a real council.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER providers_key_is_a_real_providers BEFORE INSERT ON providers_systemkey
FOR EACH ROW EXECUTE FUNCTION providers_check_key();
