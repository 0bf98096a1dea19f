"""Sixty-One speaks HTTP: the application, the GraphQL endpoint, pages, health and the command line."""
