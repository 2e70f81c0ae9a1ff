-- lines.sql: an accepted line is what its own entry moved to its own provider, for the service, member and line it names;
-- a held one says why, the others do not, but for what a member disputes.
WITH paid AS (
    SELECT t.entry_id, a.owner_id AS provider_id,
        sum(CASE e.kind WHEN 'credit' THEN -t.amount_pence ELSE t.amount_pence END) AS pence
    FROM ledger_entry e
    JOIN ledger_transfer t ON t.entry_id = e.id
    JOIN ledger_account a ON a.id = CASE e.kind WHEN 'credit' THEN t.source_id ELSE t.target_id END
    WHERE e.kind IN ('invoice', 'credit') AND (%(book)s::uuid IS NULL OR e.book_id = %(book)s)
    GROUP BY t.entry_id, a.owner_id
),
judged AS (
    SELECT l.id, CASE
        WHEN i.id IS NULL THEN ARRAY['belongs to an invoice that is not there', l.invoice_id::text, 'nothing']
        WHEN l.state = 'accepted' AND l.amount_pence <> 0 AND e.id IS NULL
        THEN ARRAY['was accepted and has no entry in the books', coalesce(l.entry_id::text, 'an entry'), 'nothing']
        WHEN e.key <> 'invoice:' || p.ref || ':' || i.number || ':' || l.line_number
        THEN ARRAY['points at another entry', 'invoice:' || p.ref || ':' || i.number || ':' || l.line_number, e.key]
        WHEN e.kind <> CASE WHEN i.kind = 'credit_note' OR (i.kind = 'adjustment' AND l.amount_pence < 0) THEN 'credit' ELSE 'invoice' END
            OR e.reverses_id IS NOT NULL
        THEN ARRAY['points at another kind of entry', i.kind, e.kind]
        WHEN coalesce(e.concerned_date, e.effective_date) <> l.service_date
        THEN ARRAY['is dated otherwise than its entry', coalesce(e.concerned_date, e.effective_date)::text, l.service_date::text]
        WHEN e.id IS NOT NULL AND l.amount_pence <> coalesce(d.pence, 0)
        THEN ARRAY['is not what its entry moved to its provider, in pence', coalesce(d.pence, 0)::text, l.amount_pence::text]
        WHEN l.state = 'accepted' AND i.kind = 'invoice' AND l.amount_pence <> round(l.units * l.unit_rate_pence)
        THEN ARRAY['is not its units times its rate, in pence', round(l.units * l.unit_rate_pence)::text, l.amount_pence::text]
        WHEN l.state <> 'accepted' AND num_nonnulls(l.service_id, l.membership_id, l.corrected_line_id) > 0
        THEN ARRAY['was not accepted and has been given a meaning', 'nothing', concat_ws(', ', l.service_id, l.membership_id, l.corrected_line_id)]
        WHEN l.state = 'accepted' AND i.kind = 'invoice'
            AND (l.service_code, i.contract_id, l.corrected_line_id) IS DISTINCT FROM (s.code, s.contract_id, NULL)
        THEN ARRAY['is for another service than it says', l.service_code, coalesce(s.code, 'nothing')]
        WHEN l.state = 'accepted' AND i.kind = 'invoice' AND CASE s.sharing_rule
            WHEN 'by_use' THEN l.member_ref IS DISTINCT FROM m.ref ELSE l.membership_id IS NOT NULL END
        THEN ARRAY['is for another member than it says', l.member_ref, coalesce(m.ref, 'nobody')]
        WHEN l.state = 'accepted' AND i.kind IN ('credit_note', 'adjustment')
            AND (i.corrects_id, l.corrects_line) IS DISTINCT FROM (o.invoice_id, o.line_number)
        THEN ARRAY['corrects another line than it says', l.corrects_line::text, coalesce(o.line_number::text, 'nothing')]
        WHEN l.state = 'accepted' AND i.kind IN ('credit_note', 'adjustment')
            AND (l.service_id, l.membership_id) IS DISTINCT FROM (o.service_id, o.membership_id)
        THEN ARRAY['is not for what the line it corrects is for', concat_ws(', ', o.service_id, o.membership_id),
                   concat_ws(', ', l.service_id, l.membership_id)]
        WHEN l.state = 'held' AND h.line_id IS NULL THEN ARRAY['is held and does not say why', 'an open hold', 'none']
        WHEN l.state <> 'held' AND h.line_id IS NOT NULL AND NOT (l.state = 'accepted' AND h.reason = 'visit_disputed')
        THEN ARRAY['is not held and has an open hold', 'none', h.reason]
        END AS fault
    FROM invoices_invoiceline l
    LEFT JOIN invoices_invoice i ON i.id = l.invoice_id
    LEFT JOIN providers_provider p ON p.id = i.provider_id
    LEFT JOIN ledger_entry e ON e.id = l.entry_id
    LEFT JOIN paid d ON d.entry_id = e.id AND d.provider_id = i.provider_id
    LEFT JOIN commissioning_contractservice s ON s.id = l.service_id
    LEFT JOIN clusters_membership m ON m.id = l.membership_id
    LEFT JOIN invoices_invoiceline o ON o.id = l.corrected_line_id
    LEFT JOIN invoices_hold h ON h.line_id = l.id AND h.state = 'open'
    WHERE %(council)s::uuid IS NULL OR i.council_id = %(council)s OR e.book_id = %(book)s
)
SELECT 'invoices_invoiceline', id, fault[1], fault[2], fault[3] FROM judged WHERE fault IS NOT NULL
