-- words_are_kept.sql: what was written stays; every later word is an edit of its own.

CREATE FUNCTION plans_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it is kept.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER plans_edit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON plans_edit
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();
