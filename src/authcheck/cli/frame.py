"""The frame of a command: the fields of what is asked become options, and the command gets them in one object."""

from __future__ import annotations

import enum
import functools
import inspect
from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Annotated, Any, Concatenate, Literal, ParamSpec, TypeVar, get_type_hints

import typer

from authcheck.cli.exits import Exit

__all__ = ["RESULT_FORMS", "Format", "asking"]

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
    FULL = "full"
    CONCISE = "concise"
    GITHUB = "github"


RESULT_FORMS = (Format.TEXT, Format.JSON, Format.MARKDOWN, Format.HTML)


def asking(
    bundle: type[Bundle], *, forms: tuple[Format, ...] = RESULT_FORMS, variable: str | None = None
) -> Callable[[Callable[Concatenate[Bundle, Own], Exit]], Callable[..., Exit]]:
    """Return a decorator that gives a command the bundle as its first argument, made of what is typed.

    The command's own options come first in its help, then those of the bundle: of a class before those that it
    inherits. Its field `format` takes the forms, also from a variable of the environment.
    """

    def decorate(function: Callable[Concatenate[Bundle, Own], Exit]) -> Callable[..., Exit]:
        signature = inspect.signature(function, eval_str=True)
        _, *own = signature.parameters.values()
        options = _options(bundle, forms, variable)
        # All are given by name, so that their order is that of the help.
        parameters = [option.replace(kind=inspect.Parameter.KEYWORD_ONLY) for option in (*own, *options)]
        names = {option.name for option in options}

        @functools.wraps(function)
        def command(**given: Any) -> Exit:  # noqa: ANN401 - typer has made them what their options say.
            asked = {name: Format(value) if name == "format" else value for name, value in given.items()}
            request = bundle(**{name: asked.pop(name) for name in names})
            return function(request, **asked)  # type: ignore[arg-type, call-arg]

        command.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return command

    return decorate


def _options(bundle: type[Any], forms: tuple[Format, ...], variable: str | None) -> list[inspect.Parameter]:
    hints = get_type_hints(bundle, include_extras=True)
    given = {field.name: field.default for field in fields(bundle) if field.init}
    if "format" in given:
        hints["format"] = Annotated[
            Literal.__getitem__(tuple(form.value for form in forms)),
            typer.Option("--format", "-f", envvar=variable, help="The form of the result."),
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
