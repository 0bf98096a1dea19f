"""Runs a notebook, and prints what its tables came to as JSON."""

import json
import sys
from pathlib import Path

import nbformat  # type: ignore[import-not-found]
from jupyter_client.manager import KernelManager  # type: ignore[import-not-found]
from nbclient import NotebookClient  # type: ignore[import-not-found]

TABLES = """
import json


def plain(table):
    return table.astype(object).where(table.notna(), None)


print(json.dumps({
    "by_recipient": plain(by_recipient[["pounds", "bound", "unknown"]]).to_dict("index"),
    "by_region": plain(by_region[["pounds", "bound", "unknown"]]).to_dict("index"),
    "in_no_area": in_no_area.index.tolist(),
    "over_time": over_time.tail(1).to_dict("records"),
    "statements": plain(statements).to_dict("index"),
}, default=str))
"""

notebook = nbformat.read(Path(sys.argv[1]), as_version=4)
nbformat.validate(notebook)
notebook.cells.append(nbformat.v4.new_code_cell(TABLES))
# By sockets of files: another process may take a port in between.
kernel = KernelManager(kernel_name="python3", transport="ipc")
NotebookClient(notebook, timeout=180, km=kernel).execute()
[printed] = notebook.cells[-1].outputs
tables = json.loads(printed["text"])
pictures = [out for cell in notebook.cells for out in cell.get("outputs", []) if "image/png" in out.get("data", {})]
print(json.dumps(tables | {"pictures": len(pictures)}))
