from pathlib import Path

from tests.conformance.node import HERE, run
from tests.documents import blocks


def test_caches_keep_what_several_parts_of_a_page_asked_of_one_object(url: str, tmp_path: Path) -> None:
    module = tmp_path / "caches.mjs"
    module.write_text(blocks("docs/caches.md", "js")[0], encoding="utf-8")
    run(HERE / "caches.mjs", url=url, SIXTYONE_CACHES=str(module))
