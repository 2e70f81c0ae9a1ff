-- shared_days_stay_shared.sql: nobody is away, or back, on a day after it was shared: what was paid would be wrong then.
--
-- The contracts of the cluster are locked first, as whoever takes in a line does: so a line that comes at the same
-- moment either is seen here, or sees the absence.

CREATE FUNCTION invoices_check_absence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_cluster uuid;
    shared date;
BEGIN
    SELECT m.cluster_id INTO its_cluster FROM clusters_membership m WHERE m.id = NEW.membership_id;
    PERFORM FROM commissioning_contract c WHERE c.cluster_id = its_cluster ORDER BY c.id FOR NO KEY UPDATE;
    SELECT min(l.service_date) INTO shared
    FROM commissioning_contract c
    JOIN commissioning_contractservice s ON s.contract_id = c.id
    JOIN invoices_invoiceline l ON l.service_id = s.id AND l.state = 'accepted' AND l.amount_pence <> 0
        AND l.service_date >= CASE TG_OP WHEN 'UPDATE' THEN NEW.back_date ELSE NEW.start_date END
        AND l.service_date < CASE TG_OP WHEN 'UPDATE' THEN NEW.end_date ELSE coalesce(NEW.back_date, NEW.end_date) END
    WHERE c.cluster_id = its_cluster AND (s.sharing_rule <> 'by_use' OR l.membership_id = NEW.membership_id);
    IF shared IS NOT NULL THEN
        RAISE EXCEPTION 'The % was shared already.', shared
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_shared_day_stays_shared';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER invoices_shared_day_stays_shared BEFORE INSERT OR UPDATE ON clusters_absence
FOR EACH ROW EXECUTE FUNCTION invoices_check_absence();
