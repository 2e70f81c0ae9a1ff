-- reports_stay_as_made_undo.sql: reports may be changed again.

ALTER TABLE reports_reportfile DROP CONSTRAINT reports_file_has_its_own_hash;
DROP TRIGGER reports_file_stays ON reports_reportfile;
DROP FUNCTION reports_refuse_change();
