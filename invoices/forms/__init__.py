"""What people write about invoices and payments."""
