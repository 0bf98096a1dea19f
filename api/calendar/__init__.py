"""The events for calendars, as one file."""
