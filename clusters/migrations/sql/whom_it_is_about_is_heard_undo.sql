-- whom_it_is_about_is_heard_undo.sql: takes the triggers away again.
DROP TRIGGER clusters_hearing_stays ON clusters_hearing;
DROP TRIGGER clusters_hearing_is_of_whom_it_is_about ON clusters_hearing;
DROP FUNCTION clusters_check_hearing;
