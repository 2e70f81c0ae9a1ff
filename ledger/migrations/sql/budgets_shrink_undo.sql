-- budgets_shrink_undo.sql: budgets only grow again.
CREATE OR REPLACE FUNCTION ledger_may_move(kind text, source_kind text, target_kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (kind || ':' || source_kind || '>' || target_kind) IN (
        'allocate:funding>budget',
        'pledge:budget>pool_share',
        'return:pool_share>budget',
        'commit:pool_share>committed',
        'release:committed>pool_share',
        'invoice:committed>payable', 'invoice:pool_share>payable',
        'credit:payable>pool_share',
        'pay:payable>bank', 'pay:bank>payable',
        'direct_payment:budget>direct_payment', 'direct_payment:direct_payment>budget',
        'surplus:budget>savings', 'surplus:pool_share>savings',
        'surplus:budget>community_fund', 'surplus:pool_share>community_fund',
        'grant:community_fund>project_payable',
        'advance:enterprise_fund>advance', 'advance:advance>enterprise_fund');
