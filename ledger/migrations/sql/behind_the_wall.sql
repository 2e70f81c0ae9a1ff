-- behind_the_wall.sql: somebody in the web meets only the books of the councils they have to do with.
SELECT wall_around('ledger_book', $$ id = ANY ((SELECT wall_lets('books'))::uuid[]) $$);
SELECT wall_around('ledger_account', $$ book_id = ANY ((SELECT wall_lets('books'))::uuid[]) $$);
SELECT wall_around('ledger_period', $$ book_id = ANY ((SELECT wall_lets('books'))::uuid[]) $$);
SELECT wall_around('ledger_entry', $$ book_id = ANY ((SELECT wall_lets('books'))::uuid[]) $$);
SELECT wall_around('ledger_transfer', $$ book_id = ANY ((SELECT wall_lets('books'))::uuid[]) $$);
SELECT wall_around_part('ledger_closingbalance', of => 'ledger_period', by => 'period_id');
