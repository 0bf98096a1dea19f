"""The description of all addresses but those of GraphQL, in OpenAPI 3.1."""
