"""How a provider's system sends invoices and follows what became of them: /api/v1/invoices."""
