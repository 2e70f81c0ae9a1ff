-- reports_stay_as_made.sql: a report that was handed out is kept as it was made, and its hash is that of its bytes.

CREATE FUNCTION reports_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: a report is kept as it was made.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER reports_file_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON reports_reportfile
FOR EACH STATEMENT EXECUTE FUNCTION reports_refuse_change();

ALTER TABLE reports_reportfile ADD CONSTRAINT reports_file_has_its_own_hash
CHECK (sha256 = encode(sha256(content), 'hex'));
