-- clear.sql: takes the chunk's own tables away, so that another chunk may be counted in the same transaction.
DROP TABLE IF EXISTS month_member, month_pledge, month_pledged, month_service, month_used, month_line, month_spent, month_billed,
    month_account, month_moved, month_other, month_money, month_cluster, month_plan, month_statement, month_difference
