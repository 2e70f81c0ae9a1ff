-- seal.sql: the seal of a span: sha256 over the seal before, the span, its entries day by day in order of key,
-- and its closing balances in order of account. Closing writes it, check_books works it out again.
--
-- Values: book, period (null: balances as they stand in the rows given by closing.sql), start, end, previous.
WITH days AS (
    SELECT e.effective_date, count(*) AS entries, sha256(string_agg(e.digest, ''::bytea ORDER BY e.key)) AS digest
    FROM ledger_entry e
    WHERE e.book_id = %(book)s AND e.effective_date >= %(start)s AND e.effective_date < %(end)s
    GROUP BY e.effective_date
)
SELECT coalesce((SELECT sum(entries) FROM days), 0)::bigint,
    sha256(
        coalesce(%(previous)s::bytea, ''::bytea)
        || date_send(%(start)s::date) || date_send(%(end)s::date)
        || coalesce((SELECT string_agg(date_send(effective_date) || digest, ''::bytea ORDER BY effective_date) FROM days), '')
        || coalesce((
            SELECT sha256(string_agg(uuid_send(b.account_id) || int8send(b.balance_pence), ''::bytea ORDER BY b.account_id))
            FROM ({balances}) b), '')
    )
