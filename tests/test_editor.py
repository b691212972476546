"""What an editor shows of a scenario, through the language server that editors use, over its own protocol."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import shipped
from tests.shipped import Run

# `.ci/run` puts it here, so that it is fetched once; one that is installed otherwise serves as well.
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "authcheck-tests"
SERVER = shutil.which("yaml-language-server", path=os.pathsep.join([str(CACHE / "node_modules" / ".bin"), os.defpath]))
SERVER = SERVER or shutil.which("yaml-language-server")
NODE = shutil.which("node")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        SERVER is None or NODE is None,
        reason="no Node with yaml-language-server: npm install --prefix ~/.cache/authcheck-tests yaml-language-server",
    ),
]

# Nothing is fetched: the schema stands beside the file, which names it.
SETTINGS = {
    "yaml": {"schemaStore": {"enable": False}, "completion": True, "hover": True, "validate": True},
    "http": {"proxy": "http://127.0.0.1:9", "proxyStrictSSL": True},
}


class Editor:
    """A client of the language server with one open file."""

    def __init__(self, file: Path) -> None:
        assert SERVER is not None
        self.file = file
        self.version = 0
        self.uri = ""
        self.asked = 0
        self.server = subprocess.Popen(
            [SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        # A server that does not answer is ended, and with it the reading of what it says.
        self.patience = threading.Timer(60, self.server.kill)
        self.patience.start()
        folder = file.parent.as_uri()
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}},
        }
        self.ask("initialize", {"processId": os.getpid(), "rootUri": folder, "capabilities": capabilities})
        self.send("initialized", {})
        self.send("workspace/didChangeConfiguration", {"settings": SETTINGS})

    def close(self) -> None:
        self.patience.cancel()
        self.server.kill()
        for stream in (self.server.stdin, self.server.stdout):
            if stream is not None:
                stream.close()
        self.server.wait()

    def _write(self, message: Mapping[str, Any]) -> None:
        assert self.server.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.server.stdin.flush()

    def _read(self) -> dict[str, Any]:
        """Return the next message that is none of the server's own questions, which are answered."""
        assert self.server.stdout is not None
        while True:
            length = 0
            while header := self.server.stdout.readline().strip():
                name, _, value = header.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            assert length, "the server has ended"
            message: dict[str, Any] = json.loads(self.server.stdout.read(length))
            if "method" not in message or "id" not in message:
                return message
            sections = [one.get("section", "") for one in message.get("params", {}).get("items", ())]
            settings: Mapping[str, Any] = SETTINGS
            result = [settings.get(section) for section in sections]
            self._write({"id": message["id"], "result": result or None})

    def send(self, method: str, params: Mapping[str, Any]) -> None:
        self._write({"method": method, "params": params})

    def ask(self, method: str, params: Mapping[str, Any]) -> Any:  # noqa: ANN401 - It is what the protocol says.
        self.asked += 1
        self._write({"id": self.asked, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == self.asked:
                assert "error" not in message
                return message["result"]

    def show(self, text: str) -> list[str]:
        """Open the file with this text; return what the server says is wrong with it."""
        # Each text is a file of its own, so that what is said is said of this one.
        self.version += 1
        self.uri = (self.file.parent / f"{self.version}.yaml").as_uri()
        document = {"uri": self.uri, "languageId": "yaml", "version": self.version, "text": text}
        self.send("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self._read()
            is_said = message.get("method") == "textDocument/publishDiagnostics"
            if is_said and message["params"]["uri"] == self.uri:
                return [one["message"] for one in message["params"]["diagnostics"]]

    def place_in(self, text: str) -> dict[str, Any]:
        """Open the file with the text; return what names the place of its `|` to the server."""
        before, _, after = text.partition("|")
        self.show(before + after)
        line, column = before.count("\n"), len(before) - (before.rfind("\n") + 1)
        return {"textDocument": {"uri": self.uri}, "position": {"line": line, "character": column}}

    def completed(self, text: str) -> dict[str, str]:
        """Return what the server offers where `|` stands in the text, each with what it says of it."""
        found = self.ask("textDocument/completion", self.place_in(text))
        items = found["items"] if isinstance(found, dict) else found
        return {one["label"].strip('"'): str(one.get("documentation", "")) for one in items}

    def hovered(self, text: str) -> str:
        """Return what the server says of what stands behind `|` in the text."""
        return str(self.ask("textDocument/hover", self.place_in(text)))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a scenario is begun."""
    return tmp_path_factory.mktemp("editor")


@pytest.fixture
def editor(begun: Path, run: Run) -> Iterator[Editor]:
    file = begun / "strike.yaml"
    run("new", str(file), "--type", "airstrike", "--force")
    run("schema", "scenario", "-o", str(begun / "scenario.schema.json"), "--force")
    opened = Editor(file)
    yield opened
    opened.close()


def test_an_editor_completes_explains_and_refuses_what_new_has_begun(editor: Editor) -> None:
    head = editor.file.read_text(encoding="utf-8").partition("\n")[0]
    assert head.startswith("# yaml-language-server: $schema=")
    story = f"{head}\nscenario: A strike\nfacts:\n"

    assert editor.show(editor.file.read_text(encoding="utf-8")) == []
    offered = editor.completed(f"{story}  |\n")
    assert {"target_type", "host_consent_status", "attack_status"} <= set(offered)
    assert {"cartel", "state", "unknown"} <= set(editor.completed(f"{story}  target_type: |\n"))
    said = editor.hovered(f"{story}  tar|get_type: cartel\n")
    assert shipped.pack().facts["target_type"].question.removesuffix("?") in said
    assert "cartel: A drug cartel as an organization" in said
    (wrong,) = editor.show(f"{story}  target_type: kartell\n")
    assert "cartel" in wrong
    assert editor.show(f"{story}  target_kind: cartel\n") == ["this is no fact, and no beginning of several"]
