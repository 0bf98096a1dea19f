from pathlib import Path

from tests.conformance.node import MODULES, project, run


def test_types_from_the_schema_and_from_the_server_are_the_same_and_say_what_may_be_null(
    url: str, sdl: Path, tmp_path: Path
) -> None:
    folder = project("codegen", tmp_path)
    codegen = MODULES / "@graphql-codegen" / "cli" / "esm" / "bin.js"
    run(codegen, "--config", "codegen.yml", folder=folder, SCHEMA=str(sdl), OUT="types.ts")
    run(codegen, "--config", "codegen.yml", folder=folder, SCHEMA=f"{url}/graphql", OUT="introspected.ts")
    assert (folder / "types.ts").read_text() == (folder / "introspected.ts").read_text()
    run(MODULES / "typescript" / "bin" / "tsc", "--project", ".", folder=folder)
