-- readings_are_kept_undo.sql: take the guards of readings away.

DROP TRIGGER people_reading_is_by_somebody_else ON people_reading;
DROP FUNCTION people_check_reading;
DROP TRIGGER people_reading_is_kept ON people_reading;
