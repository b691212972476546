"""authcheck sweep."""

from __future__ import annotations

import itertools
import math
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated

import typer

from authcheck.asking.sweep import (
    MOST_CELLS,
    Row,
    Sweep,
    Swept,
    TooManyStatesError,
    Variation,
    grids_of,
    left_out_by,
    swept,
)
from authcheck.cli import candidates, options
from authcheck.cli.exits import Exit, worst
from authcheck.cli.frame import Format, asking
from authcheck.cli.inputs import known_name
from authcheck.cli.parquet import check_parquet
from authcheck.cli.request import ScenarioRequest
from authcheck.cli.rows import RowWriter, array_of
from authcheck.cli.variations import Faults, Wanted, read_variations, read_wanted
from authcheck.decision.decision import Decision
from authcheck.diagnostics import Diagnostic, Place
from authcheck.rendering.verdict_columns import beside_of
from authcheck.wording import counted, listed

__all__ = ["sweep"]

_ROWS = (Format.CSV, Format.JSON, Format.JSONL, Format.PARQUET)
_FORMS = (Format.TEXT, *_ROWS, Format.MARKDOWN, Format.HTML, Format.SVG)

# More than this nobody reads as a list.
_MOST_LISTED = 60
_MOST_REASONS = 5
_AT_ONCE = 256


@dataclass(kw_only=True, eq=False, repr=False)
class SweepRequest(ScenarioRequest):
    """What is asked of one scenario."""

    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="SCENARIO",
            help="A file, the name of a scenario that comes with the pack, or - for standard input.",
            autocompletion=candidates.scenarios,
        ),
    ]
    vary: Annotated[
        list[str],
        typer.Option(
            "--vary",
            metavar="FACT[=VALUE,...]",
            help="Vary this fact: over every value that it may have, or over these. `any` is every value, `unknown` "
            "that it is not known, `a|b` one of several, `1..90` each number or day. May be given several times.",
            autocompletion=candidates.variations,
        ),
    ]
    pairs: Annotated[
        bool,
        typer.Option(
            "--pairs", help="Vary two facts at a time, each pair of them in turn, and leave the others as they are."
        ),
    ] = False
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar="NAME=VALUE,...",
            help="Only combinations in which a fact has such a value, or an authority or a power such a verdict; `!=` "
            "for any other. May be given several times.",
        ),
    ] = None
    authority: options.AuthorityIds = None
    power: Annotated[
        list[str] | None,
        typer.Option(
            "--power",
            metavar="ID",
            help="Only this power; may be given several times.",
            autocompletion=candidates.powers,
        ),
    ] = None
    # It is no option of one scenario.
    exclude: list[str] | None = field(default=None, init=False)


@asking(SweepRequest, forms=_FORMS)
def sweep(request: SweepRequest) -> Exit:
    """Decide every combination of some facts over a scenario: a row for each, or a matrix.

    All other facts are as the scenario has them, but for those that no longer apply: an attack that there was not has
    no place. What cannot be so, since facts contradict one another, is left out and counted with the reason. In words,
    authorities or powers that are named have a matrix each, with what differs from the scenario as it stands marked;
    without, it is told how often each verdict occurs and which facts turn it. As csv, json, jsonl and parquet there is
    a row for each combination, however many; as svg and html a picture.

    \b
    Examples:
      authcheck sweep drone-attack --vary host_consent_status
      authcheck sweep drone-attack --vary attack_status -a article-ii
      authcheck sweep day-75 --vary days_since_hostilities_began=59..62
      authcheck sweep day-75 --vary attack_status --where article-ii=silent
      authcheck sweep cia-team --vary presidential_finding -o rows.csv
      authcheck sweep drone-attack --vary attack_status -a article-ii -o map.svg
    """
    work = _read(request)
    decisions = [one for _, one in request.results(lambda decision: decision) if isinstance(one, Decision)]
    if len(decisions) > 1:
        raise typer.BadParameter("a sweep is over one scenario", param_hint="SCENARIO")
    for decision in decisions:
        work.write(decision)
    return worst(request.exits)


def _read(request: SweepRequest) -> _Work:
    """Return what is asked. Raises a usage error with all that is wrong with it."""
    faults = Faults()
    if len(request.scenarios) > 1:
        varied = [name for name in request.scenarios if name.partition("=")[0] in request.pack.facts]
        help = f"; a fact that varies has `--vary` before it: `--vary {varied[0]}`" if varied else ""
        raise typer.BadParameter(f"a sweep is over one scenario{help}", param_hint="SCENARIO")
    with faults.gathered():
        if request.format is Format.PARQUET:
            check_parquet(request.output)
    variations = read_variations(request.vary, request.pack, faults)
    wanted = read_wanted(request.where or (), variations, request.pack, faults)
    with faults.gathered():
        if twice := [one.fact for one in variations if one.fact in request.basis.stated]:
            message = f"`{twice[0]}` varies, and is set as well: leave one of the two away"
            raise typer.BadParameter(message, param_hint="--set")
    with faults.gathered():
        if request.pairs and len(request.vary) < 2:  # noqa: PLR2004 - a pair.
            raise typer.BadParameter("a pair takes two facts that vary", param_hint="--pairs")
    named: list[str] = []
    with faults.gathered():
        named += request.authorities(request.authority)
    for name in request.power or ():
        with faults.gathered():
            named.append(known_name(name, request.pack.powers, "power", "--power"))
    faults.tell()
    return _Work(request, variations, wanted.of(variations), wanted, tuple(named))


@dataclass(frozen=True, slots=True)
class _Work:
    """What is asked of the one scenario; `named` are the authorities and powers that are asked for.

    Of `varied` with all their values, `variations` have those that are asked for.
    """

    request: SweepRequest
    varied: tuple[Variation, ...]
    variations: tuple[Variation, ...]
    wanted: Wanted
    named: tuple[str, ...]

    def write(self, decision: Decision) -> None:
        """Write the combinations in the form that is asked for."""
        try:
            sweeps = [Sweep(decision, some) for some in self._at_once(self.variations)]
        except TooManyStatesError as error:
            raise typer.BadParameter(str(error), param_hint="--vary") from None
        if not any(sweep.possible for sweep in sweeps):
            why = "; ".join(dict.fromkeys(why for sweep in sweeps for why in sweep.refused))
            problem = Diagnostic("no-combination", f"no combination can be so: {why}", Place("--vary"))
            self.request.fail([problem], Exit.NOTHING)
        elif self.request.format in _ROWS:
            self._stream(decision, sweeps)
        else:
            self._show(decision, sweeps)

    def _at_once(self, variations: tuple[Variation, ...]) -> Iterable[tuple[Variation, ...]]:
        """Return what varies together: all, or each pair."""
        return itertools.combinations(variations, 2) if self.request.pairs else [variations]

    def _things(self, decision: Decision) -> list[str]:
        """Return what is asked for, in the order of the pack; everything where nothing is named."""
        pack = decision.law.pack
        return [name for name in (*pack.authorities, *pack.powers) if name in self.named or not self.named]

    def _rows(self, sweeps: Iterable[Sweep]) -> Iterator[Row]:
        rows = (row for sweep in sweeps for row in sweep.rows())
        return (row for row in rows if self.wanted.admits(row.outcome)) if self.wanted.verdicts else rows

    # --- for programs

    def _stream(self, decision: Decision, sweeps: Sequence[Sweep]) -> None:
        """Write a row for each combination, as it comes; then say how many there are."""
        request = self.request
        pack, things = decision.law.pack, self._things(decision)
        authorities, powers = ([name for name in things if name in some] for some in (pack.authorities, pack.powers))
        possible = sum(sweep.possible for sweep in sweeps)
        progress = _Progress(possible) if sys.stderr.isatty() and not request.is_read_out else None
        count = 0

        def rows() -> Iterator[Row]:
            nonlocal count
            for row in self._rows(sweeps):
                count += 1
                if progress is not None and count % _AT_ONCE == 0:
                    progress.show(count)
                yield row

        beside = beside_of(request.pack)
        with request.out as out:
            if request.format is Format.PARQUET:
                from authcheck.arrow.combinations import parquet_of

                out.stream(parquet_of(rows(), self.variations, authorities, powers, beside))
            else:
                writer = RowWriter(self.variations, authorities, powers, beside, is_table=request.format is Format.CSV)
                texts = writer.texts(rows())
                out.stream(array_of(texts) if request.format is Format.JSON else texts)
        if progress is not None:
            progress.end()
        total = sum(math.prod(len(one.values) for one in some) for some in self._at_once(self.varied))
        for line in _told(count, total, sweeps):
            sys.stderr.write(f"{line}\n")

    # --- for people

    def _show(self, decision: Decision, sweeps: Sequence[Sweep]) -> None:
        request = self.request
        if request.format is not Format.SVG:
            from authcheck.rendering.layouts.sweep import sweep_layout

            request.write(self._shown(decision, sweeps), sweep_layout)
            return
        from authcheck.rendering.heat_map import heat_map

        self._check_picture(sweeps)
        shown = self._shown(decision, sweeps)
        if not shown.grids:
            message = "nothing differs between these combinations: name what is to be seen, with -a ID or --power ID"
            raise typer.BadParameter(message, param_hint="--vary")
        with request.out as out:
            out.text(heat_map(shown))

    def _check_picture(self, sweeps: Sequence[Sweep]) -> None:
        """Raise a usage error where no picture can be made of what is asked."""
        if self.request.pairs and not self.named:
            message = "pairs are drawn of what is named: add -a ID or --power ID"
            raise typer.BadParameter(message, param_hint="--pairs")
        largest = max(sweeps, key=lambda one: one.total)
        if largest.total > MOST_CELLS:
            facts = listed([f"`{one.fact}`" for one in largest.variations], "and")
            message = (
                f"a picture is of {MOST_CELLS:,} combinations at most, and {facts} have {largest.total:,}: vary less"
            )
            raise typer.BadParameter(message, param_hint="--vary")

    def _shown(self, decision: Decision, sweeps: Sequence[Sweep]) -> Swept:
        """Return how often each verdict occurs, matrices of what is named or drawn, and combinations.

        The last are listed where verdicts are asked for, or facts vary one by one or by pairs.
        """
        request = self.request
        things = self._things(decision)
        pack = request.pack
        titles = {
            name: pack.authorities[name].title if name in pack.authorities else pack.powers[name].title
            for name in things
        }
        if self.wanted.verdicts:
            rows, count = _first(self._rows(sweeps))
            return swept(decision, sweeps, titles, rows=rows, count=count)
        tallies = () if self.request.pairs else sweeps[0].tallies(titles)
        is_drawn = self.named or request.format is not Format.TEXT
        drawn = [name for name in things if self.named or any(one.name == name and one.turned_by for one in tallies)]
        grids = [grid for sweep in sweeps if is_drawn and sweep.total <= MOST_CELLS for grid in grids_of(sweep, drawn)]
        turned = any(one.turned_by for one in tallies)
        lists = not grids and (self.request.pairs or (len(self.variations) == 1 and turned))
        rows, count = _first(self._rows(sweeps)) if lists else ((), 0)
        return swept(decision, sweeps, titles, tallies=tallies, grids=grids, rows=rows, count=count)


def _first(rows: Iterator[Row]) -> tuple[tuple[Row, ...], int]:
    """Return as many rows as are listed, and how many there are."""
    first = tuple(itertools.islice(rows, _MOST_LISTED))
    return first, len(first) + sum(1 for _ in rows)


def _told(count: int, total: int, sweeps: Sequence[Sweep]) -> Iterator[str]:
    """Return how many combinations of all are written, and how many are not and why."""
    asked, possible = sum(sweep.total for sweep in sweeps), sum(sweep.possible for sweep in sweeps)
    left = total - asked + possible - count
    yield f"{count:,} of {counted(total, 'combination')}" + (f"; {left:,} not asked for" if left else "")
    if possible < asked:
        refused = Counter[str]()
        for sweep in sweeps:
            refused.update(sweep.refused)
        yield f"{asked - possible:,} cannot be so:"
        yield from (f"  {times:,}: {why}" for why, times in refused.most_common(_MOST_REASONS))
        if len(refused) > _MOST_REASONS:
            yield f"  and {counted(len(refused) - _MOST_REASONS, 'other reason')}"
    yield from left_out_by(sweeps)


@dataclass(slots=True)
class _Progress:
    """How far a run is, on a terminal; the rows that are not asked for are not counted."""

    total: int
    begun: float = field(default_factory=time.monotonic)
    shown: float = 0.0

    def show(self, count: int) -> None:
        """Show the count, the rate and the time that is left, twice a second."""
        now = time.monotonic()
        if now - self.shown < 0.5:  # noqa: PLR2004 - more often is no use to anybody.
            return
        self.shown = now
        rate = count / max(now - self.begun, 0.001)
        left = (self.total - count) / max(rate, 1)
        sys.stderr.write(f"\r\x1b[K{count:,} of {self.total:,} rows, {rate:,.0f} a second, {left:,.0f} s left")

    def end(self) -> None:
        """Clear the line."""
        sys.stderr.write("\r\x1b[K")
