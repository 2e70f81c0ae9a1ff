-- marks_stay_undo.sql: takes back marks_stay.sql.

DROP TRIGGER people_mark_is_only_ended ON people_safeguardingmark;
DROP FUNCTION people_check_mark();
DROP TRIGGER people_mark_is_kept ON people_safeguardingmark;
