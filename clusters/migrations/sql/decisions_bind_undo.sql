-- decisions_bind_undo.sql: takes back decisions_bind.sql; a decision passes again with its quorum and two who say yes.

DROP TRIGGER clusters_members_decide_who_joins ON clusters_membership;
DROP TRIGGER clusters_paper_ballot_begins_with_one ON clusters_paperballot;
DROP TRIGGER clusters_ballot_says_who_cast_it ON clusters_ballot;

CREATE OR REPLACE FUNCTION clusters_check_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cast_votes bigint;
    for_winner bigint;
    roll bigint;
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
        SELECT count(*), count(*) FILTER (WHERE NEW.winner_id = ANY (b.option_ids)) INTO cast_votes, for_winner
        FROM clusters_counted_ballots(NEW) b;
        SELECT count(*) INTO roll FROM clusters_rollentry r WHERE r.decision_id = NEW.id;
        IF cast_votes * NEW.quorum_of < roll * NEW.quorum_votes OR for_winner < 2 OR NOT EXISTS (
            SELECT FROM clusters_option o
            WHERE o.id = NEW.winner_id AND o.decision_id = NEW.id AND o.withdrawn_at IS NULL
                AND o.counts_as IN ('yes', 'option')) THEN
            RAISE EXCEPTION 'Decision % has not the votes to pass.', OLD.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_decision_passes_with_votes';
        END IF;
    END IF;
    RETURN NEW;
END $$;

DROP FUNCTION clusters_check_admission, clusters_check_first_reading, clusters_check_who_voted,
    clusters_why_not_passed, clusters_payer_is_missing;
