"""The pages for people. Each asks a query of the API, which stands in `queries/`, and shows it by a template."""
