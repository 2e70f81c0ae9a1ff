-- found_by_what_is_asked.sql: rows of the books are found by what was asked for, and the wall looks at those found. As a plain
-- condition it offered PostgreSQL an index on the book, which finds nearly all of them, and made it expect few: sums over a
-- cluster took twenty times as long.
SELECT wall_away('ledger_account');
SELECT wall_around('ledger_account', $$ CASE WHEN book_id = ANY ((SELECT wall_lets('books'))::uuid[]) THEN true ELSE false END $$);
SELECT wall_away('ledger_period');
SELECT wall_around('ledger_period', $$ CASE WHEN book_id = ANY ((SELECT wall_lets('books'))::uuid[]) THEN true ELSE false END $$);
SELECT wall_away('ledger_entry');
SELECT wall_around('ledger_entry', $$ CASE WHEN book_id = ANY ((SELECT wall_lets('books'))::uuid[]) THEN true ELSE false END $$);
SELECT wall_away('ledger_transfer');
SELECT wall_around('ledger_transfer', $$ CASE WHEN book_id = ANY ((SELECT wall_lets('books'))::uuid[]) THEN true ELSE false END $$);
