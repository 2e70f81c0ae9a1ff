-- necessity_ends_with_a_reason_undo.sql: takes back necessity_ends_with_a_reason.sql.

DROP TRIGGER budgets_necessity_begins_unended ON budgets_familynecessity;
DROP FUNCTION budgets_check_new_necessity();
CREATE OR REPLACE FUNCTION budgets_check_necessity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.end_date IS NOT NULL OR NEW.end_date IS NULL
        OR to_jsonb(OLD) - 'end_date' IS DISTINCT FROM to_jsonb(NEW) - 'end_date' THEN
        RAISE EXCEPTION 'What was found necessary is only ended, once.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budgets_necessity_is_only_ended';
    END IF;
    RETURN NEW;
END $$;
