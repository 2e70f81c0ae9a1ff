-- pledges_are_in_the_books_undo.sql: takes the trigger away again.
DROP TRIGGER clusters_pledge_is_in_the_books ON clusters_pledge;
DROP FUNCTION clusters_check_pledges;
