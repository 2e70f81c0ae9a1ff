-- what_is_signed_stays.sql: a signed agreement and its terms never change; signatures, pledges, professionals' words
-- and events are written once. For psql as well as for Django.

CREATE FUNCTION clusters_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it is written once and kept.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER clusters_signature_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON clusters_signature
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();
CREATE TRIGGER clusters_pledge_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON clusters_pledge
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();
CREATE TRIGGER clusters_plan_agreement_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON clusters_planagreement
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();
CREATE TRIGGER clusters_event_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON clusters_clusterevent
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();
CREATE TRIGGER clusters_membership_event_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON clusters_membershipevent
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();
CREATE TRIGGER clusters_agreement_is_kept BEFORE DELETE OR TRUNCATE ON clusters_agreement
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();
CREATE TRIGGER clusters_sharing_term_is_kept BEFORE TRUNCATE ON clusters_sharingterm
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();
CREATE TRIGGER clusters_membership_is_kept BEFORE DELETE OR TRUNCATE ON clusters_membership
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();
CREATE TRIGGER clusters_cluster_is_kept BEFORE DELETE OR TRUNCATE ON clusters_cluster
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();

-- An agreement is written first and signed later: by at least two of its members, or as it was loaded.
CREATE FUNCTION clusters_check_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'An agreement is written first and signed once its terms are there.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_agreement_is_written_before_it_is_signed';
    END IF;
    IF OLD.signed_date IS NOT NULL OR (OLD.id, OLD.cluster_id, OLD.version, OLD.is_loaded)
            IS DISTINCT FROM (NEW.id, NEW.cluster_id, NEW.version, NEW.is_loaded) THEN
        RAISE EXCEPTION 'Agreement % is signed and stays as it was signed. Write a new version instead.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_signed_agreement_stays';
    END IF;
    IF NEW.signed_date IS NOT NULL AND NOT NEW.is_loaded
            AND (SELECT count(*) FROM clusters_signature s WHERE s.agreement_id = NEW.id) < 2 THEN
        RAISE EXCEPTION 'Agreement % is not signed by its members.', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_agreement_is_signed_by_its_members';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_signed_agreement_stays BEFORE UPDATE ON clusters_agreement
FOR EACH ROW EXECUTE FUNCTION clusters_check_agreement();
CREATE TRIGGER clusters_agreement_is_written_before_it_is_signed BEFORE INSERT ON clusters_agreement
FOR EACH ROW WHEN (NEW.signed_date IS NOT NULL) EXECUTE FUNCTION clusters_check_agreement();

-- FOR SHARE: nobody signs the agreement while a term of it is being written.
CREATE FUNCTION clusters_check_sharing_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_signed boolean;
BEGIN
    FOR is_signed IN
        SELECT a.signed_date IS NOT NULL FROM clusters_agreement a
        WHERE (TG_OP <> 'INSERT' AND a.id = OLD.agreement_id) OR (TG_OP <> 'DELETE' AND a.id = NEW.agreement_id)
        ORDER BY a.id FOR SHARE
    LOOP
        IF is_signed THEN
            RAISE EXCEPTION 'The agreement is signed; how it shares a service stays as it was signed.'
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_signed_term_stays';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER clusters_signed_term_stays BEFORE INSERT OR UPDATE OR DELETE ON clusters_sharingterm
FOR EACH ROW EXECUTE FUNCTION clusters_check_sharing_term();
