    UNION ALL
    SELECT kind, 'finance_officer', cluster_id, membership_id, stream, line_id, entry_id, expected, found FROM month_difference
    UNION ALL
    -- The sums differ and every line seems right: the money went somewhere it should not have.
    SELECT 'share_differs', 'finance_officer', m.cluster_id, m.membership_id, m.stream, NULL, NULL, m.worked_out_pence, m.spent_pence
    FROM month_money m
    WHERE m.worked_out_pence <> m.spent_pence AND NOT EXISTS (
        SELECT FROM month_difference d WHERE d.membership_id = m.membership_id AND d.stream = m.stream)
