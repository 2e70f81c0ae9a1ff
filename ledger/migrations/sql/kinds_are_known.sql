-- kinds_are_known.sql: the kinds of accounts there are, and which of them carry a balance (ledger.models.AccountKind).
--
-- PostgreSQL reads a CHECK anew in every statement that writes, word by word: these lists took a tenth of a single
-- posting. A function of plpgsql is read once a session. The kinds of entries are in ledger_may_move alone: an entry
-- has transfers, and no transfer is of a kind that is not there.
CREATE FUNCTION ledger_account_is_of_its_kind(kind text, is_guarded boolean) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CASE WHEN is_guarded
        THEN kind IN ('budget', 'pool_share', 'committed', 'savings', 'community_fund')
        ELSE kind IN ('funding', 'payable', 'bank', 'direct_payment', 'project_payable', 'enterprise_fund', 'advance')
    END;
END $$;
