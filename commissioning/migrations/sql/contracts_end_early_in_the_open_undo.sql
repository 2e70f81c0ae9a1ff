-- contracts_end_early_in_the_open_undo.sql: takes back contracts_end_early_in_the_open.sql.

DROP TRIGGER commissioning_contract_end_stays ON commissioning_contractend;
DROP TRIGGER commissioning_end_is_the_end ON commissioning_contractend;
DROP TRIGGER commissioning_call_stays_as_made ON commissioning_call;
DROP TRIGGER commissioning_offer_stays_as_made ON commissioning_offer;
DROP TRIGGER commissioning_call_is_kept ON commissioning_call;
DROP TRIGGER commissioning_offer_is_kept ON commissioning_offer;
DROP TRIGGER commissioning_unmet_demand_stays ON commissioning_unmetdemand;
DROP TRIGGER commissioning_offer_prices_stay ON commissioning_offerstep;
DROP TRIGGER commissioning_offer_prices_are_kept ON commissioning_offerstep;
DROP TRIGGER commissioning_offer_answers_an_open_call ON commissioning_offer;
DROP FUNCTION commissioning_check_end, commissioning_check_market, commissioning_check_step, commissioning_check_offer;

CREATE OR REPLACE FUNCTION commissioning_check_contract() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'A contract begins as a draft.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_contract_begins_as_a_draft';
    END IF;
    IF (OLD.id, OLD.council_id, OLD.cluster_id, OLD.is_loaded)
            IS DISTINCT FROM (NEW.id, NEW.council_id, NEW.cluster_id, NEW.is_loaded)
        OR (OLD.state NOT IN ('draft', 'returned')
            AND (OLD.ref, OLD.title, OLD.provider_id, OLD.start_date, OLD.end_date, OLD.weekly_pence,
                 OLD.one_off_pence, OLD.is_regulated)
                IS DISTINCT FROM (NEW.ref, NEW.title, NEW.provider_id, NEW.start_date, NEW.end_date, NEW.weekly_pence,
                                  NEW.one_off_pence, NEW.is_regulated)) THEN
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
        END IF;
    END IF;
    RETURN NEW;
END $$;
