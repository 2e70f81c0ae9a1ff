"""Providers' invoices from intake to payment: checked, shared among members to the penny, held with a reason."""
