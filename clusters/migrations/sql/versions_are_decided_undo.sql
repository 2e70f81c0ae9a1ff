-- versions_are_decided_undo.sql: takes back versions_are_decided.sql.

DROP TRIGGER clusters_signature_is_of_its_own_member ON clusters_signature;
DROP TRIGGER clusters_put_draft_stays ON clusters_agreementdraft;
DROP TRIGGER clusters_draft_is_kept ON clusters_agreementdraft;
DROP TRIGGER clusters_asked_again_is_answered_once ON clusters_askedagain;
DROP TRIGGER clusters_asked_again_is_kept ON clusters_askedagain;
DROP TRIGGER clusters_invitation_stays_as_made ON clusters_invitation;
DROP TRIGGER clusters_invitation_is_kept ON clusters_invitation;
DROP TRIGGER clusters_cluster_closes_empty ON clusters_cluster;
DROP FUNCTION clusters_check_signature, clusters_check_draft, clusters_check_asked_again, clusters_check_invitation,
    clusters_check_closing;

CREATE OR REPLACE FUNCTION clusters_check_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION clusters_check_sharing_term() RETURNS trigger LANGUAGE plpgsql AS $$
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

DROP FUNCTION clusters_agreement_is_before_members;
