"""What several tests share: where the full texts are, how hard hypothesis tries, and how commands are run."""

from __future__ import annotations

import inspect
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, settings

from authcheck.answer import Decider
from authcheck.answer.answer import Answer
from authcheck.loading.scenarios import build_scenario
from authcheck.model.pack import Pack
from tests.shipped import HARBOUR, ROOT, Run, pack_in

# No profile looks at the time, and the usual one draws the same examples each time:
# a busy machine or bad luck never fails a run that changed nothing.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", UNTIMED, max_examples=30, derandomize=True)
settings.register_profile("ci", UNTIMED, max_examples=300, derandomize=True)
settings.register_profile("long", UNTIMED, max_examples=10_000)
settings.load_profile(os.environ.get("AUTHCHECK_HYPOTHESIS", "quick"))

# What is given these starts processes or a browser. The environment alone is for processes: `run` asks for it inside.
STARTING = frozenset(["run_apart", "run_without_rights", "browser", "terminal", "wheel"])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what starts processes of its own."""
    for item in items:
        if isinstance(item, pytest.Function) and (
            STARTING & set(item.fixturenames) or "clean_environment" in inspect.signature(item.function).parameters
        ):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def documents() -> Path:
    """Return the folder that holds the cited documents in full, or skip the test."""
    named = os.environ.get("AUTHCHECK_DOCUMENTS")
    folder = Path(named) if named else ROOT.parent / "shared" / "documents"
    if folder.is_dir():
        return folder
    if named:
        pytest.fail(f"AUTHCHECK_DOCUMENTS names `{named}`, which is no folder")
    pytest.skip("the cited documents in full are not at hand: set AUTHCHECK_DOCUMENTS to their folder")


# What a user's own settings would change, and so what the tests expect.
SETTINGS = ("AUTHCHECK_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LC_", "LANG", "PYTHONIOENCODING", "PYTHONUTF8")


class TerminalStream(io.TextIOWrapper):
    """A stream that says of itself that it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="session")
def clean_environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return an environment without settings, with a cache of its own, in which authcheck can be imported."""
    import authcheck

    return {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)} | {
        "AUTHCHECK_CACHE": str(tmp_path_factory.mktemp("cache")),
        "COLUMNS": "80",
        "PYTHONPATH": str(Path(authcheck.__file__).parents[1]),
        "TERM": "xterm-256color",
    }


@pytest.fixture
def run(clean_environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command line in this process.

    Its streams are pipes. With `columns`, the two that it writes are taken for a terminal of that width.
    """
    from authcheck.cli import running

    def run(
        *arguments: str, stdin: bytes = b"", cwd: Path = ROOT, columns: int = 0, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        kept = [io.BytesIO(stdin), io.BytesIO(), io.BytesIO()]
        stream = TerminalStream if columns else io.TextIOWrapper
        given, output, errors = (stream(one, encoding="utf-8", newline="") for one in kept)
        settings = {"COLUMNS": str(columns), **settings} if columns else settings
        # As Python opens standard error: what cannot be written there is escaped.
        errors.reconfigure(errors="backslashreplace")
        with monkeypatch.context() as patch, redirect_stdout(output), redirect_stderr(errors):
            for name in set(os.environ) - set(clean_environment):
                patch.delenv(name)
            for name, value in {**clean_environment, **settings}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", given)
            patch.chdir(cwd)
            status = int(running.run(arguments))
        output.flush()
        errors.flush()
        texts = [one.getvalue().decode() for one in kept[1:]]
        return subprocess.CompletedProcess(["authcheck", *arguments], status, *texts)

    return run


@pytest.fixture
def run_apart(clean_environment: Mapping[str, str]) -> Run:
    """Return a function that runs a command line in a process of its own."""

    def run_apart(
        *arguments: str, stdin: bytes = b"", cwd: Path = ROOT, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "authcheck", *arguments],
            input=stdin,
            capture_output=True,
            cwd=cwd,
            env={**clean_environment, **settings},
            timeout=60,
            check=False,
        )
        texts = [one.decode(errors="backslashreplace") for one in (done.stdout, done.stderr)]
        return subprocess.CompletedProcess(done.args, done.returncode, *texts)

    return run_apart


@pytest.fixture
def transcript(run: Run) -> Callable[..., str]:
    """Return a function that runs command lines and writes down what is seen of them.

    A line reads `authcheck evaluate drone-attack`, with ` < FILE` at its end for standard input. The folder of
    the checkout is written `…`; digests and the version are masked, so that they may change.
    """

    def transcript(lines: Iterable[str], cwd: Path = ROOT) -> str:
        return "\n".join(shown(line, cwd) for line in lines)

    def shown(line: str, cwd: Path) -> str:
        words, _, file = line.partition(" < ")
        program, *arguments = shlex.split(words)
        assert program == "authcheck", line
        done = run(*arguments, stdin=(cwd / file).read_bytes() if file else b"", cwd=cwd)
        assert "Traceback" not in done.stderr
        parts = [f"$ {line}\n", done.stdout]
        if done.stderr:
            parts += ["[standard error]\n", done.stderr]
        return masked("".join([*parts, f"[exit status {done.returncode}]\n"]))

    return transcript


def masked(text: str) -> str:
    from authcheck import __version__

    text = text.replace(str(ROOT), "…")
    text = re.sub(rf"\b{re.escape(__version__)}\b(?=( ·|;|\n|\"))", "(version)", text)
    text = re.sub(r"(?<=sha256:)[0-9a-f]{64}", "(digest)", text)
    text = re.sub(r"(?<=[(`])[0-9a-f]{12}(?=[)`])", "digest", text)
    # How the parser of the command line points to the help and to an option differs from release to release.
    text = re.sub(
        r"^(Usage: authcheck[a-z ]*?) [\[{A-Z].*\nTry '.*' for help\.\n", r"\1 (usage)\n", text, flags=re.MULTILINE
    )
    return re.sub(r"No such option:? '?(--\w+).*?(--\w+).*", r"No such option: \1 (nearest: \2)", text)


@pytest.fixture
def golden() -> Callable[[Path, str], None]:
    """Return a function that compares a text with a golden file, or rewrites the file with AUTHCHECK_GOLDEN=write."""

    def golden(path: Path, text: str) -> None:
        if os.environ.get("AUTHCHECK_GOLDEN") == "write":
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path.name} is not written yet: run with AUTHCHECK_GOLDEN=write"
        assert text == path.read_text(encoding="utf-8")

    return golden


Ask: TypeAlias = Callable[..., Answer]


@pytest.fixture(scope="session")
def harbour() -> Pack:
    """Return a small pack, of which every rule stands for one thing that a decision can turn on."""
    return pack_in(HARBOUR)


@pytest.fixture
def ask(harbour: Pack) -> Ask:
    """Return a function that answers the text of a scenario about the harbour."""
    decider = Decider(harbour, version="9.9")

    def ask(text: str, **settings: Any) -> Answer:  # noqa: ANN401 - They are those of `Decider.decide`.
        scenario = build_scenario(f"scenario: A ship\n{text}", "ship.yaml", harbour, id="ship")
        return decider.decide(scenario, **settings)

    return ask
