-- clear.sql: takes the chunk's own tables away, so that another chunk may be counted in the same transaction.
DROP TABLE IF EXISTS month_member, month_pledge, month_pledged, month_service, month_line, month_spent, month_account, month_known,
    month_moved, month_money, month_cluster, month_plan, month_statement, month_difference
