"""What holds for personal budgets, whatever the database: weeks and days, charges, streams. Pure: no Django."""
