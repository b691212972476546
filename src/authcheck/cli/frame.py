"""The frame of a command: the fields of what is asked become options, and the command gets them in one object."""

from __future__ import annotations

import enum
import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Annotated, Any, Concatenate, Literal, ParamSpec, TypeVar, get_type_hints

import typer

from authcheck.cli.exits import Exit
from authcheck.wording import listed

__all__ = ["RESULT_FORMS", "SCENARIO_FILE", "Format", "asking", "form_of"]

Bundle = TypeVar("Bundle")
Own = ParamSpec("Own")


class Format(enum.Enum):
    """The forms of a result. A command names those that it takes, the usual one first."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    FULL = "full"
    CONCISE = "concise"
    GITHUB = "github"
    JUNIT = "junit"
    TAP = "tap"
    SARIF = "sarif"
    SVG = "svg"


RESULT_FORMS = (Format.TEXT, Format.JSON, Format.MARKDOWN, Format.HTML)
SCENARIO_FILE = "a scenario"

# What the ending of a file's name says of its form.
_LINES = tuple(form.value for form in (Format.TEXT, Format.FULL, Format.CONCISE, Format.GITHUB, Format.TAP))
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    ".txt": _LINES,
    ".json": (Format.JSON.value,),
    ".jsonl": (Format.JSONL.value,),
    ".ndjson": (Format.JSONL.value,),
    ".csv": (Format.CSV.value,),
    ".parquet": (Format.PARQUET.value,),
    ".md": (Format.MARKDOWN.value,),
    ".markdown": (Format.MARKDOWN.value,),
    ".html": (Format.HTML.value,),
    ".htm": (Format.HTML.value,),
    ".xml": (Format.JUNIT.value,),
    ".tap": (Format.TAP.value,),
    ".sarif": (Format.SARIF.value,),
    ".svg": (Format.SVG.value,),
    ".dot": ("dot",),
    ".mmd": ("mermaid",),
    ".yaml": (SCENARIO_FILE,),
    ".yml": (SCENARIO_FILE,),
}


# What nothing is written as: whoever asks for it should not find another form under that name.
_FOREIGN = frozenset(
    {".xlsx", ".xls", ".ods", ".pdf", ".docx", ".doc", ".odt", ".rtf", ".tex", ".png", ".jpg", ".jpeg"}
    | {".tsv", ".tab", ".arrow", ".feather", ".orc", ".avro", ".db", ".sqlite", ".gif", ".pptx"}
    | {".gz", ".zst", ".zip", ".bz2", ".xz"}
)


def form_of(file: Path | None, asked: str, forms: Sequence[str]) -> str:
    """Return the form that is asked for, else the first of the forms that the ending of the file admits.

    Raises a usage error where the ending admits another form than the one asked for, or none that there is.
    """
    ending = "" if file is None else file.suffix.lower()
    if ending in _FOREIGN:
        message = f"nothing is written as `{ending}`; the result is {listed(forms, 'or')}"
        raise typer.BadParameter(message, param_hint="--output")
    admitted = _ENDINGS.get(ending, forms)
    form = next((form for form in ([asked] if asked else forms) if form in admitted), "")
    if not form:
        written = f"what is asked for is {asked}" if asked else f"the result is {listed(forms, 'or')}"
        message = f"a name that ends in `{ending}` is for {admitted[0]}, and {written}; write to another file"
        raise typer.BadParameter(message, param_hint="--output")
    return form


def asking(
    bundle: type[Bundle],
    *,
    forms: tuple[Format, ...] = RESULT_FORMS,
    variable: str | None = None,
    may_be: tuple[str, ...] = (),
) -> Callable[[Callable[Concatenate[Bundle, Own], Exit]], Callable[..., Exit]]:
    """Return a decorator that gives a command the bundle as its first argument, made of what is typed.

    The command's own options come first in its help, then those of the bundle: of a class before those that it
    inherits. Its field `format` takes the forms, also from a variable of the environment; `may_be` is what else the
    result may be, for the ending of its file.
    """

    def decorate(function: Callable[Concatenate[Bundle, Own], Exit]) -> Callable[..., Exit]:
        signature = inspect.signature(function, eval_str=True)
        _, *own = signature.parameters.values()
        options = _options(bundle, forms, variable)
        # All are given by name, so that their order is that of the help.
        parameters = [option.replace(kind=inspect.Parameter.KEYWORD_ONLY) for option in (*own, *options)]
        names = {option.name for option in options}
        context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)

        @functools.wraps(function)
        def command(*, context: typer.Context, **given: Any) -> Exit:  # noqa: ANN401 - typer has made them what their options say.
            asked = {name: Format(value) if name == "format" else value for name, value in given.items()}
            request = bundle(**{name: asked.pop(name) for name in names})
            if "format" in names:
                request.format = _form(context, given, forms, may_be)  # type: ignore[attr-defined]
            return function(request, **asked)  # type: ignore[arg-type, call-arg]

        command.__signature__ = signature.replace(parameters=[context, *parameters])  # type: ignore[attr-defined]
        command.__annotations__ = {parameter.name: parameter.annotation for parameter in (context, *parameters)}
        return command

    return decorate


def _form(context: typer.Context, given: Mapping[str, Any], forms: Sequence[Format], may_be: Sequence[str]) -> Format:
    """Return the form: what is typed, else what the ending of the file says, else what is usual."""
    usual, file = Format(given["format"]), given.get("output")
    if given.get("graph") is not None:
        form_of(file, given["graph"].value, (given["graph"].value,))
        return usual
    source = context.get_parameter_source("format")
    is_typed = source is not None and source.name == "COMMANDLINE"
    written = tuple(dict.fromkeys([usual.value, *(form.value for form in forms), *may_be]))
    form = form_of(file, usual.value if is_typed else "", written)
    return usual if form in may_be else Format(form)


_BY_ENDING = "; without it, the one that the ending of --output names"


def _options(bundle: type[Any], forms: tuple[Format, ...], variable: str | None) -> list[inspect.Parameter]:
    hints = get_type_hints(bundle, include_extras=True)
    given = {field.name: field.default for field in fields(bundle) if field.init}
    if "format" in given:
        hints["format"] = Annotated[
            Literal.__getitem__(tuple(form.value for form in forms)),
            typer.Option(
                "--format",
                "-f",
                envvar=variable,
                help="The form of the result" + _BY_ENDING * ("output" in given) + ".",
            ),
        ]
        given["format"] = forms[0].value
    ordered = dict.fromkeys(name for part in bundle.__mro__ for name in vars(part).get("__annotations__", ()))
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            annotation=hints[name],
            default=inspect.Parameter.empty if given[name] is MISSING else given[name],
        )
        for name in ordered
        if name in given
    ]
