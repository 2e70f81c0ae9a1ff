-- decisions_bind.sql: a decision passes only as its method says, whoever counts it; a ballot says truly who cast it; and
-- only a decision lets somebody into a cluster that stands. For psql as well as for Django.

-- The same count as clusters.rules.counting, a second time and in another language.
CREATE FUNCTION clusters_why_not_passed(decision clusters_decision) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    roll bigint;
    cast_votes bigint;
    ayes bigint;
    against bigint;
BEGIN
    SELECT count(*) INTO roll FROM clusters_rollentry r WHERE r.decision_id = decision.id;
    SELECT count(*), count(*) FILTER (WHERE decision.winner_id = ANY (b.option_ids)) INTO cast_votes, ayes
    FROM clusters_counted_ballots(decision) b;
    -- What stands against it: the noes, or the next best option; neither "not sure" nor what was taken back.
    SELECT coalesce(max(votes), 0) INTO against FROM (
        SELECT count(b.id) AS votes FROM clusters_option o
        LEFT JOIN clusters_counted_ballots(decision) b ON o.id = ANY (b.option_ids)
        WHERE o.decision_id = decision.id AND o.id <> decision.winner_id
            AND o.counts_as <> 'unsure' AND o.withdrawn_at IS NULL
        GROUP BY o.id) rivals;
    IF NOT EXISTS (
        SELECT FROM clusters_option o
        WHERE o.id = decision.winner_id AND o.decision_id = decision.id AND o.withdrawn_at IS NULL
            AND o.counts_as IN ('yes', 'option')) THEN
        RETURN 'what won could not win';
    ELSIF cast_votes * decision.quorum_of < roll * decision.quorum_votes THEN
        RETURN 'too few voted';
    ELSIF ayes < least(2, roll) THEN
        RETURN 'too few said yes';
    ELSIF ayes <= against THEN
        RETURN 'as many or more are against it';
    ELSIF decision.method = 'two_thirds' AND 3 * ayes < 2 * (ayes + against) THEN
        RETURN 'fewer than two thirds said yes';
    ELSIF decision.method = 'consent' AND EXISTS (
        SELECT FROM clusters_counted_ballots(decision) b
        JOIN clusters_option o ON o.id = ANY (b.option_ids) AND o.counts_as = 'no' WHERE b.reason <> '') THEN
        RETURN 'somebody has a reason against it';
    ELSIF decision.method = 'unanimity' AND clusters_payer_is_missing(decision) THEN
        RETURN 'not everybody who pays said yes';
    END IF;
    RETURN NULL;
END $$;

-- Whether somebody who pays and is still there did not say yes; where nobody pays, somebody who is still there.
CREATE FUNCTION clusters_payer_is_missing(decision clusters_decision) RETURNS boolean LANGUAGE sql STABLE AS $$
    WITH present AS (
        SELECT r.id, r.is_payer FROM clusters_rollentry r JOIN clusters_membership m ON m.id = r.membership_id
        WHERE r.decision_id = decision.id AND m.state NOT IN ('on_notice', 'left', 'declined'))
    SELECT NOT EXISTS (SELECT FROM present) OR EXISTS (
        SELECT FROM present p
        WHERE (p.is_payer OR NOT EXISTS (SELECT FROM present WHERE is_payer))
            AND NOT EXISTS (
                SELECT FROM clusters_counted_ballots(decision) b
                WHERE b.entry_id = p.id AND decision.winner_id = ANY (b.option_ids)))
$$;

CREATE OR REPLACE FUNCTION clusters_check_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    why_not text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' THEN
            RAISE EXCEPTION 'A decision begins open.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_decision_begins_open';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'open' OR to_jsonb(OLD) - '{state,closed_at,winner_id,outcome,counts}'::text[]
            <> to_jsonb(NEW) - '{state,closed_at,winner_id,outcome,counts}'::text[] THEN
        RAISE EXCEPTION 'Decision % stays as it was asked, and is counted once.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_decision_is_counted_once';
    END IF;
    IF NEW.state = 'passed' THEN
        why_not := clusters_why_not_passed(NEW);
        IF why_not IS NOT NULL THEN
            RAISE EXCEPTION 'Decision % has not the votes to pass: %.', OLD.id, why_not
                USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_decision_passes_with_votes';
        END IF;
    END IF;
    RETURN NEW;
END $$;

-- Who a ballot says cast it: the member themself, their helper that day, or two members of staff who read the same.
CREATE FUNCTION clusters_check_who_voted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    member people_person;
BEGIN
    SELECT p.* INTO member FROM clusters_rollentry r
    JOIN clusters_membership m ON m.id = r.membership_id JOIN people_person p ON p.id = m.person_id
    WHERE r.id = NEW.entry_id;
    IF NOT (CASE NEW.channel
        WHEN 'web' THEN NEW.cast_by_id = member.user_id AND NEW.authority_id IS NULL
        WHEN 'supporter' THEN EXISTS (
            SELECT FROM people_authority a, CAST((NEW.cast_at AT TIME ZONE 'Europe/London') AS date) AS today
            WHERE a.id = NEW.authority_id AND a.start_date <= today AND coalesce(a.end_date > today, true))
        ELSE EXISTS (
            SELECT FROM clusters_paperballot p
            WHERE p.entry_id = NEW.entry_id AND p.state = 'agreed' AND p.channel = NEW.channel
                AND p.option_ids = NEW.option_ids AND p.reason = NEW.reason
                AND p.entered_by_id = NEW.cast_by_id AND p.second_by_id = NEW.confirmed_by_id)
        END) THEN
        RAISE EXCEPTION 'Ballot % was not cast by whom it says.', NEW.receipt
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_ballot_says_who_cast_it';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_ballot_says_who_cast_it BEFORE INSERT ON clusters_ballot
FOR EACH ROW EXECUTE FUNCTION clusters_check_who_voted();

-- A paper is read once before it is read a second time.
CREATE FUNCTION clusters_check_first_reading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'waiting' OR NEW.second_by_id IS NOT NULL THEN
        RAISE EXCEPTION 'A paper ballot begins with one reading.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_paper_ballot_begins_with_one';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_paper_ballot_begins_with_one BEFORE INSERT ON clusters_paperballot
FOR EACH ROW EXECUTE FUNCTION clusters_check_first_reading();

-- While a cluster forms a founder's word is enough; once it stands, its members let somebody in by their decision.
CREATE FUNCTION clusters_check_admission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT c.state FROM clusters_cluster c WHERE c.id = NEW.cluster_id) <> 'forming' AND NOT EXISTS (
        SELECT FROM clusters_decisionuse u JOIN clusters_decision d ON d.id = u.decision_id
        WHERE u.subject_id = NEW.id AND d.kind = 'admit' AND d.cluster_id = NEW.cluster_id) THEN
        RAISE EXCEPTION 'The members have not decided to let membership % in.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_members_decide_who_joins';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_members_decide_who_joins BEFORE UPDATE ON clusters_membership
FOR EACH ROW WHEN (OLD.state IN ('asked', 'invited') AND NEW.state = 'members_agreed')
EXECUTE FUNCTION clusters_check_admission();
