"""The pages for people. Each executes one query of `queries/` on the public API and renders a template."""
