-- plan_files_stay.sql: a plan somebody took away stays as it was made, with its own hash.

CREATE TRIGGER plans_file_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON plans_planfile
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();
ALTER TABLE plans_planfile ADD CONSTRAINT plans_file_has_its_own_hash
    CHECK (sha256 = encode(sha256(content), 'hex'));
