-- versions_are_decided.sql: what somebody has signed or votes on keeps its words; a later version binds once it was decided
-- and signed; a cluster closes when nobody's money is in it. For psql as well as for Django.

-- Whether anybody has put their name, or a question, to this version as it stands.
CREATE FUNCTION clusters_agreement_is_before_members(agreement uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM clusters_signature s WHERE s.agreement_id = agreement)
        OR EXISTS (SELECT FROM clusters_decision d WHERE d.subject_id = agreement AND d.kind = 'change_agreement')
$$;

-- The first version that binds needs its signatures; every later one the members' decision as well, used for it.
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
    IF to_jsonb(OLD) - 'signed_date' <> to_jsonb(NEW) - 'signed_date'
            AND clusters_agreement_is_before_members(OLD.id) THEN
        RAISE EXCEPTION 'Agreement % is before its members and stays as it was put. Write a new version instead.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_agreement_stays_as_put';
    END IF;
    IF NEW.signed_date IS NOT NULL AND NOT NEW.is_loaded THEN
        IF (SELECT count(*) FROM clusters_signature s WHERE s.agreement_id = NEW.id) < 2 THEN
            RAISE EXCEPTION 'Agreement % is not signed by its members.', OLD.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_agreement_is_signed_by_its_members';
        END IF;
        IF EXISTS (SELECT FROM clusters_agreement a WHERE a.cluster_id = NEW.cluster_id AND a.signed_date IS NOT NULL)
            AND NOT EXISTS (
                SELECT FROM clusters_decisionuse u JOIN clusters_decision d ON d.id = u.decision_id
                WHERE u.subject_id = NEW.id AND d.kind = 'change_agreement' AND d.cluster_id = NEW.cluster_id) THEN
            RAISE EXCEPTION 'Agreement % changes one that binds, and the members have not decided on it.', OLD.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_later_agreement_is_decided';
        END IF;
    END IF;
    RETURN NEW;
END $$;

-- FOR SHARE: nobody signs the agreement while a term of it is being written.
CREATE OR REPLACE FUNCTION clusters_check_sharing_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    agreement clusters_agreement;
BEGIN
    FOR agreement IN
        SELECT a.* FROM clusters_agreement a
        WHERE (TG_OP <> 'INSERT' AND a.id = OLD.agreement_id) OR (TG_OP <> 'DELETE' AND a.id = NEW.agreement_id)
        ORDER BY a.id FOR SHARE
    LOOP
        IF agreement.signed_date IS NOT NULL THEN
            RAISE EXCEPTION 'The agreement is signed; how it shares a service stays as it was signed.'
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_signed_term_stays';
        ELSIF clusters_agreement_is_before_members(agreement.id) THEN
            RAISE EXCEPTION 'The agreement is before its members; how it shares a service stays as it was put.'
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_put_term_stays';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

-- A signature is a member's of that cluster. FOR NO KEY UPDATE: no term is written while somebody signs.
CREATE FUNCTION clusters_check_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM clusters_agreement a JOIN clusters_membership m ON m.cluster_id = a.cluster_id
    WHERE a.id = NEW.agreement_id AND m.id = NEW.membership_id FOR NO KEY UPDATE OF a;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Membership % is of another cluster.', NEW.membership_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_signature_is_of_its_own_member';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_signature_is_of_its_own_member BEFORE INSERT ON clusters_signature
FOR EACH ROW EXECUTE FUNCTION clusters_check_signature();

-- A draft that was put to the members stays as it was put.
CREATE FUNCTION clusters_check_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.put_as_id IS NOT NULL OR (OLD.id, OLD.cluster_id, OLD.begun_at, OLD.begun_by)
            IS DISTINCT FROM (NEW.id, NEW.cluster_id, NEW.begun_at, NEW.begun_by) THEN
        RAISE EXCEPTION 'Draft % was put to the members and stays as it was.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_put_draft_stays';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_put_draft_stays BEFORE UPDATE ON clusters_agreementdraft
FOR EACH ROW EXECUTE FUNCTION clusters_check_draft();
CREATE TRIGGER clusters_draft_is_kept BEFORE DELETE OR TRUNCATE ON clusters_agreementdraft
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();

-- A question to the professional is answered once, by a word on the same membership.
CREATE FUNCTION clusters_check_asked_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.answer_id IS NOT NULL OR to_jsonb(OLD) - 'answer_id' <> to_jsonb(NEW) - 'answer_id' OR NOT EXISTS (
        SELECT FROM clusters_planagreement p WHERE p.id = NEW.answer_id AND p.membership_id = OLD.membership_id) THEN
        RAISE EXCEPTION 'Question % to the professional is answered once, and stays as it was asked.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_asked_again_is_answered_once';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_asked_again_is_answered_once BEFORE UPDATE ON clusters_askedagain
FOR EACH ROW EXECUTE FUNCTION clusters_check_asked_again();
CREATE TRIGGER clusters_asked_again_is_kept BEFORE DELETE OR TRUNCATE ON clusters_askedagain
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();

-- An invitation can only be withdrawn, once.
CREATE FUNCTION clusters_check_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL OR to_jsonb(OLD) - 'withdrawn_at' <> to_jsonb(NEW) - 'withdrawn_at' THEN
        RAISE EXCEPTION 'Invitation % stays as it was made.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_invitation_stays_as_made';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_invitation_stays_as_made BEFORE UPDATE ON clusters_invitation
FOR EACH ROW EXECUTE FUNCTION clusters_check_invitation();
CREATE TRIGGER clusters_invitation_is_kept BEFORE DELETE OR TRUNCATE ON clusters_invitation
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();

-- A cluster closes once no money of its members stands in its pool and nothing is bought for it any more. Contracts are
-- of an app further up: their table is looked up when a cluster closes, not when this is made.
CREATE FUNCTION clusters_check_closing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM clusters_membership m JOIN ledger_account a ON a.owner_id = m.id
        WHERE m.cluster_id = NEW.id AND a.kind IN ('pool_share', 'committed') AND a.balance_pence > 0) THEN
        RAISE EXCEPTION 'Cluster % has money in its pool.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_cluster_closes_empty';
    END IF;
    IF EXISTS (
        SELECT FROM commissioning_contract k
        WHERE k.cluster_id = NEW.id AND k.state IN ('requested', 'approved') AND k.end_date > current_date) THEN
        RAISE EXCEPTION 'Cluster % has a contract that is not over.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_cluster_closes_without_contracts';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_cluster_closes_empty BEFORE UPDATE ON clusters_cluster
FOR EACH ROW WHEN (NEW.state = 'closed' AND OLD.state <> 'closed') EXECUTE FUNCTION clusters_check_closing();
