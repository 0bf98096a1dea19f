"""Changes for feed readers, and events for calendars. Both ask the API."""
