"""What a report says and how it is worked out. Pure: no Django, no database, no clock."""
