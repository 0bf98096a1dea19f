"""What changed, for feed readers; and what happened, for calendars. Both say what the API says."""
