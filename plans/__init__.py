"""Assessments, indicative budgets, care and support plans, their outcomes and reviews."""
