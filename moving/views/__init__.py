"""Pages of people who move, of those who came, and of councils' keys."""
