-- contracts_end_early_in_the_open.sql: a contract's last day may only move back, once, and only beside a row that says so;
-- a contract drafted from a decision is the one that decision chose; calls, offers and their prices stay as they were made.

CREATE OR REPLACE FUNCTION commissioning_check_contract() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'A contract begins as a draft.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_contract_begins_as_a_draft';
    END IF;
    IF (OLD.id, OLD.council_id, OLD.cluster_id, OLD.is_loaded)
            IS DISTINCT FROM (NEW.id, NEW.council_id, NEW.cluster_id, NEW.is_loaded)
        OR (OLD.decision_id IS NOT NULL AND OLD.decision_id IS DISTINCT FROM NEW.decision_id)
        OR (OLD.state NOT IN ('draft', 'returned')
            AND (OLD.ref, OLD.title, OLD.provider_id, OLD.start_date, OLD.weekly_pence, OLD.one_off_pence,
                 OLD.is_regulated, OLD.notice_days, OLD.offer_id, OLD.decision_id, OLD.replaces_id)
                IS DISTINCT FROM (NEW.ref, NEW.title, NEW.provider_id, NEW.start_date, NEW.weekly_pence,
                                  NEW.one_off_pence, NEW.is_regulated, NEW.notice_days, NEW.offer_id, NEW.decision_id,
                                  NEW.replaces_id))
        OR (OLD.state NOT IN ('draft', 'returned') AND OLD.end_date <> NEW.end_date AND NOT EXISTS (
            SELECT FROM commissioning_contractend e
            WHERE e.contract_id = OLD.id AND e.planned_end_date = OLD.end_date AND e.end_date = NEW.end_date
                AND OLD.state = 'approved')) THEN
        RAISE EXCEPTION 'Contract % stays as it was put forward for approval.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'commissioning_contract_stays_as_approved';
    ELSIF OLD.state <> NEW.state AND NOT commissioning_contract_may_become(OLD.state, NEW.state, OLD.is_loaded) THEN
        RAISE EXCEPTION 'A contract cannot go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_contract_moves_forward';
    ELSIF OLD.state = 'requested' AND NEW.state = 'approved' THEN
        IF NOT EXISTS (SELECT FROM commissioning_approval a WHERE a.contract_id = NEW.id AND a.state = 'approved') THEN
            RAISE EXCEPTION 'Nobody has approved contract %.', OLD.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_contract_is_approved_by_somebody';
        ELSIF NOT commissioning_is_committed(NEW) THEN
            RAISE EXCEPTION 'The books have not committed what the members promised to contract %.', OLD.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_contract_is_approved_with_its_money';
        ELSIF NOT EXISTS (
            SELECT FROM clusters_decision d JOIN clusters_decisionuse u ON u.decision_id = d.id
            WHERE d.id = NEW.decision_id AND d.cluster_id = NEW.cluster_id AND d.state = 'passed'
                AND d.kind IN ('choose_offer', 'vary_contract')) THEN
            RAISE EXCEPTION 'The members have not decided on contract %.', OLD.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_contract_was_decided_by_its_members';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER commissioning_contract_end_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON commissioning_contractend
FOR EACH STATEMENT EXECUTE FUNCTION commissioning_refuse_change();

-- An end is written for a contract that runs, and is its end from that moment on.
CREATE FUNCTION commissioning_check_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM commissioning_contract c
        WHERE c.id = NEW.contract_id AND c.state = 'approved' AND c.start_date <= NEW.end_date
            AND c.end_date = NEW.end_date) THEN
        RAISE EXCEPTION 'Contract % does not end on %.', NEW.contract_id, NEW.end_date
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_end_is_the_end';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER commissioning_end_is_the_end AFTER INSERT ON commissioning_contractend
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION commissioning_check_end();

-- Calls and offers: only their state moves, and what came of it is added.
CREATE FUNCTION commissioning_check_market() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := CASE TG_TABLE_NAME
        WHEN 'commissioning_call' THEN '{state}'
        ELSE '{state,decided_at,not_chosen_words}' END;
    may_become boolean := CASE TG_TABLE_NAME
        WHEN 'commissioning_call' THEN (OLD.state || '>' || NEW.state) IN (
            'open>choosing', 'open>unmet', 'open>withdrawn', 'choosing>open', 'choosing>chosen', 'choosing>unmet')
        ELSE OLD.state = 'open' END;
BEGIN
    IF to_jsonb(OLD) - may_change <> to_jsonb(NEW) - may_change OR (OLD.state <> NEW.state AND NOT may_become) THEN
        RAISE EXCEPTION '% % stays as it was made.', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'commissioning_market_stays_as_made';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER commissioning_call_stays_as_made BEFORE UPDATE ON commissioning_call
FOR EACH ROW EXECUTE FUNCTION commissioning_check_market();
CREATE TRIGGER commissioning_offer_stays_as_made BEFORE UPDATE ON commissioning_offer
FOR EACH ROW EXECUTE FUNCTION commissioning_check_market();
CREATE TRIGGER commissioning_call_is_kept BEFORE DELETE OR TRUNCATE ON commissioning_call
FOR EACH STATEMENT EXECUTE FUNCTION commissioning_refuse_change();
CREATE TRIGGER commissioning_offer_is_kept BEFORE DELETE OR TRUNCATE ON commissioning_offer
FOR EACH STATEMENT EXECUTE FUNCTION commissioning_refuse_change();
CREATE TRIGGER commissioning_unmet_demand_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON commissioning_unmetdemand
FOR EACH STATEMENT EXECUTE FUNCTION commissioning_refuse_change();

-- Prices are written in the transaction that makes their offer.
CREATE FUNCTION commissioning_check_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM commissioning_offer o
        WHERE o.id = NEW.offer_id AND o.made_in = pg_current_xact_id()) THEN
        RAISE EXCEPTION 'The offer is made already; its prices stay.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'commissioning_offer_prices_stay';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER commissioning_offer_prices_stay BEFORE INSERT ON commissioning_offerstep
FOR EACH ROW EXECUTE FUNCTION commissioning_check_step();
CREATE TRIGGER commissioning_offer_prices_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON commissioning_offerstep
FOR EACH STATEMENT EXECUTE FUNCTION commissioning_refuse_change();

-- An offer answers an open call of its provider's council, up to its last day.
CREATE FUNCTION commissioning_check_offer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'open' OR NOT EXISTS (
        SELECT FROM commissioning_call c JOIN providers_provider p ON p.council_id = c.council_id
        WHERE c.id = NEW.call_id AND p.id = NEW.provider_id AND c.state = 'open' FOR SHARE OF c) THEN
        RAISE EXCEPTION 'Call % takes no offer from this provider.', NEW.call_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_offer_answers_an_open_call';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER commissioning_offer_answers_an_open_call BEFORE INSERT ON commissioning_offer
FOR EACH ROW EXECUTE FUNCTION commissioning_check_offer();
