"""`sixtyone doctor` at real standbys, and behind a real proxy."""

from pathlib import Path

import pytest

from api.doctor.examination import examine
from tests.engines import seed_sqlite
from tests.operations.programs import listens, port, program, running
from tests.operations.replicas import Trio
from tests.server import serving
from tests.waiting import until

PROXY = """daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; proxy_bind 127.0.0.9;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port};
    location /adds/ {{ proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_pass {url}; }}
    location /passes/ {{ proxy_pass {url}; }}
    location /drops/ {{ proxy_set_header X-Forwarded-For ""; proxy_pass {url}; }}
  }}
}}
"""


def look(monkeypatch: pytest.MonkeyPatch, **settings: str) -> dict[str, tuple[str, str]]:
    """The state and the text of the last finding of each check."""
    variables = {f"SIXTYONE_{name}".upper(): value for name, value in settings.items()}
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return {finding.check: (finding.state, finding.text) for finding in examine(variables)}


def test_each_replica_is_asked(servers: Trio, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    url, first = servers.primary.url(name), servers.standbys[0]
    servers.primary.execute("CREATE ROLE reader LOGIN")
    servers.primary.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", name)
    servers.wait(name)
    addresses = f"{servers.read_urls(name)} {first.url(name, user='reader')} postgresql://127.0.0.1:1/{name}"
    found = look(monkeypatch, database_url=url, read_urls=addresses)
    for check in ("replica 1", "replica 2"):
        assert (found[check][0], found[check][1].endswith(", 0 behind")) == ("ok", True)
    # The role may read the present, and not the past.
    assert "The role may not read" in found["replica 3"][1]
    assert "such as past." in found["replica 3"][1]
    assert "does not answer" in found["replica 4"][1]
    assert found["replica 3"][0] == found["replica 4"][0] == "problem"
    servers.primary.execute(
        "GRANT USAGE ON SCHEMA public, past TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA public, past TO reader",
        name,
    )
    servers.wait(name)
    until(lambda: look(monkeypatch, database_url=url, read_urls=addresses)["replica 3"][0] == "ok")


def test_it_finds_whether_the_proxy_says_who_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url, number = seed_sqlite(tmp_path), port()
    tmp_path.chmod(0o755)
    with serving(url, trusted_proxies="127.0.0.9") as api:
        text = PROXY.format(folder=tmp_path, port=number, url=f"{str(api.http.base_url).rstrip('/')}/")
        (tmp_path / "nginx.conf").write_text(text, encoding="utf-8")
        command: list[str | Path] = [program("nginx"), "-c", tmp_path / "nginx.conf", "-e", tmp_path / "error.log"]
        with running(command, tmp_path / "log", None):
            until(lambda: listens(number))
            found = {
                path: look(
                    monkeypatch,
                    database_url=url,
                    trusted_proxies="127.0.0.9",
                    public_url=f"http://127.0.0.1:{number}/{path}",
                )["callers"]
                for path in ("adds", "passes", "drops")
            }
    assert found["adds"] == ("ok", "are told apart: this one is 127.0.0.1")
    assert (found["passes"][0], "Anybody may say to be another" in found["passes"][1]) == ("problem", True)
    assert (found["drops"][0], "All count as one, 127.0.0.9" in found["drops"][1]) == ("problem", True)
