"""Adding up days that are over; nothing else is written here."""
