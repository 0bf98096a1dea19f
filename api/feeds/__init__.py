"""Changes for feed readers. They ask the API."""
