"""The law of a day: a pack without what rests on a law that is not in force on it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace

from authcheck.model.authority import Authority, Displacement, Ground, Supply
from authcheck.model.pack import Pack
from authcheck.model.period import Dated, Period, among, in_force_on, is_yet_to_come
from authcheck.model.question import Lens, Question

__all__ = ["days_of_change", "lens_on", "pack_on", "periods"]

Questions = Mapping[str, Question]


def days_of_change(pack: Pack) -> tuple[datetime.date, ...]:
    """Return the days on which a law that something rests on begins or ends, in order."""
    return tuple(sorted({day for period in periods(pack) for day in period.days}))


def periods(pack: Pack) -> Iterator[Period]:
    """Return the time of every part that has one of its own."""
    dated: list[Dated] = [
        *pack.facts.values(),
        *pack.cautions.values(),
        *(reading for question in pack.questions.values() for reading in question.readings.values()),
    ]
    for authority in pack.authorities.values():
        dated += [authority, *authority.displaced_by, *authority.exceptions, *authority.clocks, *authority.duties]
        dated += [*authority.limits, *authority.notes, *authority.not_said]
        for ground in authority.grounds:
            dated += [ground, *ground.elements, *ground.exceptions]
    yield from (part.in_force for part in dated if part.in_force is not None)


def pack_on(pack: Pack, day: datetime.date) -> Pack:
    """Return the pack as it is on the day; what is in force stays as it stands.

    A question has the readings that are left, and is not asked where none is. What is asked by such a question alone,
    or exists on readings alone that are gone, is not there. Of an authority whose law is yet to begin nothing is left
    but what it is and when it is engaged.
    """
    questions = {name: left for name, one in pack.questions.items() if (left := _question_on(one, day)).readings}
    return replace(
        pack,
        authorities={name: _authority_on(one, day, questions) for name, one in pack.authorities.items()},
        questions=questions,
        lenses={name: lens_on(one, pack, questions) for name, one in pack.lenses.items()},
        cautions={name: one for name, one in pack.cautions.items() if in_force_on(one, day)},
    )


def lens_on(lens: Lens, pack: Pack, questions: Questions) -> Lens:
    """Return the lens over the readings that are left of the whole pack's.

    Where none is left that it admits, it is off the record: it admits those of the documents or, failing these, all.
    """
    documents = pack.lenses["documents"].admits
    admits, off_record = {}, []
    for name, question in questions.items():
        own, carried = (
            tuple(one for one in readings if one in question.readings)
            for readings in (lens.admits[name], documents[name])
        )
        admits[name] = own or carried or tuple(question.readings)
        if not own or name in lens.off_record:
            off_record.append(name)
    return replace(lens, admits=admits, off_record=tuple(off_record))


def _question_on(question: Question, day: datetime.date) -> Question:
    left = {name: reading for name, reading in question.readings.items() if in_force_on(reading, day)}
    return question if len(left) == len(question.readings) else replace(question, readings=left)


def _authority_on(authority: Authority, day: datetime.date, questions: Questions) -> Authority:
    if is_yet_to_come(authority, day):
        authority = replace(authority, grounds=(), exceptions=(), does_not_supply=(), waives=(), see_also=())
        authority = replace(authority, limits=(), notes=(), not_said=())
    is_in_force = in_force_on(authority, day)
    return replace(
        authority,
        supplies=tuple(one for one in authority.supplies if _exists(one, questions)),
        displaced_by=tuple(
            one for one in among(authority.displaced_by, day) if is_in_force and _exists(one, questions)
        ),
        grounds=tuple(_grounds_on(authority, day, questions)),
        exceptions=among(authority.exceptions, day),
        clocks=among(authority.clocks, day) if is_in_force else (),
        duties=among(authority.duties, day) if is_in_force else (),
        limits=among(authority.limits, day),
        notes=among(authority.notes, day),
        not_said=among(authority.not_said, day),
    )


def _grounds_on(authority: Authority, day: datetime.date, questions: Questions) -> Iterator[Ground]:
    for ground in among(authority.grounds, day):
        elements = []
        for element in among(ground.elements, day):
            if not element.question:
                elements.append(element)
            elif element.question in questions:
                left = questions[element.question].readings
                readings = {name: rule for name, rule in element.readings.items() if name in left}
                elements.append(replace(element, readings=readings))
        if elements and _exists(ground, questions):
            yield replace(ground, elements=tuple(elements), exceptions=among(ground.exceptions, day))


def _exists(part: Ground | Displacement | Supply, questions: Questions) -> bool:
    """Whether it exists on some reading that is left."""
    return all(
        question in questions and any(name in questions[question].readings for name in readings)
        for question, readings in part.only_on.items()
    )
