-- funding.sql: what budgets were agreed at, and what left the council's funding for them. Values: council, book.
SELECT
    (SELECT coalesce(sum(a.annual_pence), 0) FROM budgets_allocation a
     JOIN budgets_budget b ON b.id = a.budget_id JOIN people_person p ON p.id = b.person_id
     WHERE p.council_id = %(council)s) AS agreed,
    (SELECT coalesce(sum(t.amount_pence), 0) FROM ledger_account a JOIN ledger_transfer t ON t.source_id = a.id
     WHERE a.book_id = %(book)s AND a.kind = 'funding')
    - (SELECT coalesce(sum(t.amount_pence), 0) FROM ledger_account a JOIN ledger_transfer t ON t.target_id = a.id
     WHERE a.book_id = %(book)s AND a.kind = 'funding') AS funded
