-- whom_it_is_about_is_heard.sql: what somebody says to a question about them is theirs, is said while it is open, and stays.

CREATE FUNCTION clusters_check_hearing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM clusters_decision d
        WHERE d.id = NEW.decision_id AND d.kind = 'remove' AND d.subject_id = NEW.membership_id AND d.state = 'open') THEN
        RAISE EXCEPTION 'Decision % is not an open one about this member.', NEW.decision_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_hearing_is_of_whom_it_is_about';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_hearing_is_of_whom_it_is_about BEFORE INSERT ON clusters_hearing
FOR EACH ROW EXECUTE FUNCTION clusters_check_hearing();
CREATE TRIGGER clusters_hearing_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON clusters_hearing
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();
