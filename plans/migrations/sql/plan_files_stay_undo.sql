-- plan_files_stay_undo.sql: takes the trigger and the constraint away again.
ALTER TABLE plans_planfile DROP CONSTRAINT plans_file_has_its_own_hash;
DROP TRIGGER plans_file_stays ON plans_planfile;
