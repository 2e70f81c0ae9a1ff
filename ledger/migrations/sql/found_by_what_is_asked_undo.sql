SELECT wall_away('ledger_account');
SELECT wall_around('ledger_account', $$ book_id = ANY ((SELECT wall_lets('books'))::uuid[]) $$);
SELECT wall_away('ledger_period');
SELECT wall_around('ledger_period', $$ book_id = ANY ((SELECT wall_lets('books'))::uuid[]) $$);
SELECT wall_away('ledger_entry');
SELECT wall_around('ledger_entry', $$ book_id = ANY ((SELECT wall_lets('books'))::uuid[]) $$);
SELECT wall_away('ledger_transfer');
SELECT wall_around('ledger_transfer', $$ book_id = ANY ((SELECT wall_lets('books'))::uuid[]) $$);
