"""The type of a JSON object."""

from typing import Any, TypeAlias

# An object in an answer of the API or in a document of ours. The types of its values depend on its keys.
JsonObject: TypeAlias = dict[str, Any]
