"""Finding packs and scenarios on disk, and loading them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from authcheck.diagnostics import AuthcheckError, Diagnostic, Place
from authcheck.frozen import dataclass
from authcheck.loading.cache import Cache
from authcheck.loading.files import PackText, printable, quoted, read_bytes, read_text
from authcheck.loading.record_files import is_other_table
from authcheck.model.pack import Pack
from authcheck.model.scenario import Scenario

__all__ = [
    "Loaded",
    "coverage_scenarios",
    "files_in",
    "load_pack",
    "load_record",
    "load_scenario",
    "read_pack_text",
    "scenario_paths",
    "shipped_pack",
    "shipped_scenarios",
    "without_loops",
]


@dataclass(frozen=True, slots=True)
class Loaded:
    """One input: its scenario and file, or what is wrong with it. `name` is how the user knows it."""

    name: str
    scenario: Scenario | None = None
    problems: tuple[Diagnostic, ...] = ()
    path: Path | None = None


def read_pack_text(folder: Path) -> PackText:
    """Return a pack's law files, all but its scenarios and its README, as they are.

    Raises AuthcheckError where the folder or a file cannot be read.
    """
    if not (folder / "pack.yaml").is_file():
        place = Place(str(folder))
        help = "a pack is a folder with a `pack.yaml`; see `authcheck schema pack`"
        raise AuthcheckError([Diagnostic("no-pack", f"`{folder}` is no pack", place, help=help)])
    files: dict[str, bytes] = {}
    problems: list[Diagnostic] = []
    sha = hashlib.sha256()
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("vocabulary/*.yaml"), *folder.glob("sources/*.yaml")]):
        name = path.relative_to(folder).as_posix()
        try:
            files[name] = read_bytes(path)
        except AuthcheckError as error:
            problems.extend(error.diagnostics)
            continue
        for part in (name.encode(), files[name]):
            sha.update(len(part).to_bytes(8, "big") + part)
    if problems:
        raise AuthcheckError(problems)
    return PackText(str(folder), files, f"sha256:{sha.hexdigest()}")


def shipped_pack() -> Path:
    """Return the folder of the pack that is installed with the package, or of the checkout around it."""
    package = Path(__file__).parents[1]
    installed = package / "authorities"
    return installed if installed.is_dir() else package.parents[1] / "authorities"


def shipped_scenarios(pack: Path) -> dict[str, Path]:
    """Return the scenarios that come with a pack, by name."""
    return {path.stem: path for path in sorted((pack / "scenarios").glob("*.yaml"))}


def coverage_scenarios(pack: Path) -> tuple[Path, ...]:
    """Return the scenarios of a pack that show what those that it lists do not."""
    return tuple(sorted((pack / "coverage").glob("*.yaml")))


def load_pack(folder: Path, cache: Cache) -> Pack:
    """Return the pack of a folder. Raises AuthcheckError with every problem of every file."""
    text = read_pack_text(folder)

    def build() -> Pack:
        from authcheck.loading.packs import build_pack

        return build_pack(text)

    return cache.built("pack", (text.folder, text.digest), Pack, build)


def load_scenario(path: Path, pack: Pack, cache: Cache, *, shown_as: str = "") -> Scenario:
    """Return the scenario of a file, which places call `shown_as` or by its path.

    Raises AuthcheckError with every problem of the file.
    """
    file = shown_as or str(path)
    text = read_text(path, shown_as=file)

    def build() -> Scenario:
        from authcheck.loading.scenarios import build_scenario

        return build_scenario(text, file, pack, id=path.stem)

    return cache.built("scenario", (file, text, pack.digest), Scenario, build)


def load_record(line: str, number: int, file: str, pack: Pack) -> Loaded:
    """Return the scenario of one line of JSON, or its problems, which show no line: JSON gives no places in it.

    A record without an `id` goes by its line.
    """
    from authcheck.loading.records import read_record
    from authcheck.loading.scenarios import build_scenario

    name = f"{file}:{number}"
    try:
        node = read_record(line, number, file)
        if isinstance(node.value, Mapping) and "id" in node.value and isinstance(node.value["id"].value, str):
            name = node.value["id"].value or name
        scenario = build_scenario(line, file, pack, id=f"line-{number}", node=node)
    except AuthcheckError as error:
        return Loaded(name, problems=tuple(replace(one, excerpt=()) for one in error.diagnostics))
    return Loaded(scenario.id, scenario)


def scenario_paths(argument: str, pack: Path, exclude: Sequence[str] = ()) -> Iterator[tuple[str, Path] | Diagnostic]:
    """Return the files that an argument names: a file, every file of a folder, or a scenario of the pack.

    Of a folder, what is hidden or belongs to a tool is passed over, and what one of the patterns of `exclude` matches:
    the name of a file or folder in it, or its path from there.
    """
    if argument and os.path.isdir(argument):  # noqa: PTH112 - unlike `Path.is_dir`, it never raises.
        yield from _in_folder(Path(argument), exclude)
        return
    path = Path(argument)
    shipped = shipped_scenarios(pack)
    if argument in shipped and not os.path.lexists(path):
        # Named the same wherever the pack is installed, so that answers are the same to the byte.
        yield f"{pack.name}/scenarios/{argument}.yaml", shipped[argument]
    elif not argument or (not os.path.lexists(path) and path.suffix == "" and os.sep not in argument):
        help = _meant(path, shipped) or "see `authcheck show scenario` for those that come with the pack"
        message = f"{quoted(argument)} is neither a file nor a scenario of the pack"
        yield Diagnostic("no-such-scenario", message, Place(argument), help=help)
    elif _is_missing(path) and (help := _meant(path, shipped)):
        yield Diagnostic("file-missing", f"there is no file {quoted(argument)}", Place(argument), help=help)
    elif is_other_table(path) and not _is_missing(path):
        message = f"{quoted(argument)} is a table of a kind that is not read"
        help = "save it as CSV in UTF-8, with commas between the cells and `.csv` at the end of its name"
        yield Diagnostic("no-scenario", message, Place(argument), help=help)
    else:
        yield argument, path


def _is_missing(path: Path) -> bool:
    """Whether there is certainly no such file; what may not be looked at, or not be so named, may be there."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        pass
    return False


def _meant(path: Path, shipped: Iterable[str]) -> str:
    """Return "did you mean ...?" with the nearest file of the folder or scenario of the pack, or nothing."""
    import difflib

    try:
        beside = sorted(printable(str(one)) for one in path.parent.iterdir() if one.suffix in {".yaml", ".yml"})
    except (OSError, ValueError):
        beside = []
    # What is asked for by its name alone lies more likely beside than in the pack.
    known = {Path(one).stem: one for one in (*shipped, *beside)}
    found = difflib.get_close_matches(path.stem, known, n=1)
    return f"did you mean `{known[found[0]]}`?" if found else ""


# What an archive of a Mac adds, what JavaScript's packages are kept in, and the file that marks a folder of Python's.
_OF_TOOLS = frozenset(["__MACOSX", "node_modules"])
_OF_PYTHON = "pyvenv.cfg"


def _in_folder(folder: Path, exclude: Sequence[str]) -> Iterator[tuple[str, Path] | Diagnostic]:
    """Return the scenarios of a folder and of those in it, in order, and the folders that cannot be read."""
    closed: list[OSError] = []
    found = [one for one in files_in(folder, exclude, closed.append) if _is_scenario(one)]
    for error in closed:
        reason = (error.strerror or "the system does not say why").lower()
        place = Place(str(error.filename))
        yield Diagnostic("file-unreadable", f"{quoted(str(error.filename))} cannot be read: {reason}", place)
    if not found and not closed:
        message, help = f"{quoted(str(folder))} holds no scenario", "a scenario is a `.yaml` file"
        if any(map(_is_scenario, files_in(folder, ()) if exclude else ())):
            message, help = f"{message} but what `--exclude` passes over", "exclude less of it"
        yield Diagnostic("no-scenarios", message, Place(str(folder)), help=help)
    # In the order of their parts: what lies in a folder stands together.
    found.sort(key=lambda one: one.replace(os.sep, "\0"))
    yield from ((one, Path(one)) for one in found)


def _is_scenario(file: str) -> bool:
    return file.lower().endswith((".yaml", ".yml"))


def files_in(folder: Path, exclude: Sequence[str], onerror: Callable[[OSError], None] | None = None) -> Iterator[str]:
    """Return the files of a folder and of those in it that are not passed over, in no order.

    A link to a folder is followed, unless what it leads to is read anyway or holds the folder itself. `onerror` is told
    of each folder that cannot be read.
    """
    read = [Path(os.path.realpath(folder))]
    for where, folders, names in os.walk(folder, onerror=onerror, followlinks=True):
        if _OF_PYTHON in names:
            folders.clear()
            continue
        # What stands before a name in its path, and in its path from the folder.
        before = str(Path(where, "x"))[:-1]
        within = (Path(where).relative_to(folder) / "x").as_posix()[:-1]
        folders[:] = [
            name
            for name in sorted(folders)
            if not _is_passed_over(name, within, exclude) and not _is_read_anyway(before + name, read)
        ]
        yield from [before + name for name in names if not _is_passed_over(name, within, exclude)]


def _is_read_anyway(folder: str, read: list[Path]) -> bool:
    """Whether a link leads into what is read, or around it; what another leads to is read from now on."""
    if not os.path.islink(folder):  # noqa: PTH114 - it never raises.
        return False
    real = Path(os.path.realpath(folder))
    if any(one.is_relative_to(real) or _is_within(real, one) for one in read):
        return True
    read.append(real)
    return False


def _is_within(real: Path, folder: Path) -> bool:
    """Whether a folder is in another, and nothing on the way is hidden or belongs to a tool."""
    return real.is_relative_to(folder) and not any(
        _is_passed_over(name, "", ()) for name in real.relative_to(folder).parts
    )


def without_loops(files: Iterable[str]) -> Iterator[str]:
    """Return the files but those on whose way a folder is met twice, by a link in it."""
    real = cache(os.path.realpath)
    for file in files:
        folders = [real(str(one)) for one in Path(file).parents]
        if len(set(folders)) == len(folders) or ".." in Path(file).parts:
            yield file


def _is_passed_over(name: str, within: str, exclude: Sequence[str]) -> bool:
    """Whether an entry is hidden, belongs to a tool or is excluded, by its name or its path in the folder walked."""
    # The lock files and copies of editors are hidden, or begin so.
    if name.startswith((".", "~$", "#")) or name in _OF_TOOLS:
        return True
    return any(fnmatchcase(name, pattern) or fnmatchcase(within + name, pattern) for pattern in exclude)
