"""The month end: every member's share recomputed, compared with the ledger, certified and closed."""
