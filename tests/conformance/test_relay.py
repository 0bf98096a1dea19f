import shutil
from pathlib import Path

from tests.conformance.node import MODULES, project, run


def test_relay_compiles_pages_and_refetches(sdl: Path, tmp_path: Path) -> None:
    folder = project("relay", tmp_path)
    shutil.copy(sdl, folder)
    run(MODULES / "relay-compiler" / "cli.js", "relay.config.json", folder=folder)
    sources = {path.name.removesuffix(".graphql.ts"): path.read_text() for path in folder.rglob("*.graphql.ts")}
    assert set(sources) == {
        "Citation_citation",
        "CommitmentCardRefetchQuery",
        "CommitmentCard_commitment",
        "CommitmentListPaginationQuery",
        "CommitmentListQuery",
        "CommitmentList_query",
        "DatedListPaginationQuery",
        "DatedListQuery",
        "DatedList_record",
        "DocumentCitationsPaginationQuery",
        "DocumentCitations_document",
    }
    # The compiler added these by itself, from what it knows of Node and of connections.
    assert "node(id: $id)" in sources["CommitmentCardRefetchQuery"]
    assert "node(id: $id)" in sources["DatedListPaginationQuery"]
    assert "hasNextPage" in sources["CommitmentListPaginationQuery"]
    assert "readonly effectiveOn: string;" in sources["CommitmentCard_commitment"]
