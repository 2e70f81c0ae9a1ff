"""The pages of care and support plans: reading, writing, handing in, deciding, giving."""
