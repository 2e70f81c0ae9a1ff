SELECT wall_away('ledger_book');
SELECT wall_away('ledger_account');
SELECT wall_away('ledger_period');
SELECT wall_away('ledger_entry');
SELECT wall_away('ledger_transfer');
SELECT wall_away('ledger_closingbalance');
