-- leave_nothing_behind_undo.sql: takes the trigger away again.
DROP TRIGGER clusters_leaver_leaves_nothing_behind ON clusters_membership;
DROP FUNCTION clusters_check_leaving;
