-- absences_are_kept_undo.sql: takes the triggers away again.
DROP TRIGGER clusters_absence_is_kept ON clusters_absence;
DROP TRIGGER clusters_absence_stays_as_said ON clusters_absence;
DROP FUNCTION clusters_check_absence;
