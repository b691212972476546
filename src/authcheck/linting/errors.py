"""What keeps a file from being read, or a scenario from being answered: a page on the code of each error."""

from __future__ import annotations

from collections.abc import Mapping

from authcheck.diagnostics import Severity
from authcheck.linting.rule import Excerpt, RuleDoc

__all__ = ["ERRORS"]

_HEAD = "scenario: A strike at sea\nas_of: 2025-02-25\n"


def _whole(bad: str, good: str) -> tuple[Excerpt, ...]:
    good, bad = (f"{lines.strip()}\n" for lines in (good, bad))
    return (Excerpt("strike.yaml", good=good, bad=bad),)


def _lines(bad: str, good: str, *, above: str = _HEAD) -> tuple[Excerpt, ...]:
    """Return the lines below the first two of a scenario, or below others."""
    return _whole(f"{above}{bad}\n", f"{above}{good}\n")


def _facts(bad: str, good: str) -> tuple[Excerpt, ...]:
    indented = [lines.replace("\n", "\n  ") for lines in (bad, good)]
    return _lines(*indented, above=f"{_HEAD}facts:\n  ")


_STRIKE = f"{_HEAD}facts:\n  operation_type: airstrike\n"
_COURSES = f"{_HEAD}options:\n  strike: {{operation_type: airstrike}}\n  raid: {{operation_type: ground_raid}}\n"
_DEEDS = f"{_HEAD}activities:\n  strike: {{operation_type: airstrike}}\n  raid: {{operation_type: ground_raid}}\n"

_OF_FILES: Mapping[str, tuple[str, str, tuple[Excerpt, ...]]] = {
    # --- how a file is written
    "alias": (
        "an anchor or an alias of YAML stands in a file",
        "Each value is written where it counts, so that its line can be shown.",
        _facts(
            "operation_type: &what airstrike\nconducting_element: us_armed_forces",
            "operation_type: airstrike\nconducting_element: us_armed_forces",
        ),
    ),
    "ambiguous": (
        "a value means one thing to some readers of YAML and another to others",
        "What a number, a date or a yes is must not hang on the program that reads it.",
        _facts("uses_armed_force: Yes", "uses_armed_force: true"),
    ),
    "bad-date": (
        "a date is no day of the calendar",
        "Which law is in force is decided by the day.",
        _whole("scenario: A strike at sea\nas_of: 2025-02-30\n", "scenario: A strike at sea\nas_of: 2025-02-28\n"),
    ),
    "bad-key": (
        "what stands before a `:` is no name",
        "A key is a name on one line.",
        _facts("? [operation_type]\n: airstrike", "operation_type: airstrike"),
    ),
    "duplicate-key": (
        "a key stands twice in one place",
        "Only one of the two could count, and nothing says which.",
        _facts("operation_type: airstrike\noperation_type: ground_raid", "operation_type: airstrike"),
    ),
    "empty-file": (
        "a file holds nothing but comments",
        "A scenario has at least its title, under `scenario`.",
        _whole("# To be written.\n", "scenario: A strike at sea\n"),
    ),
    "empty-value": (
        "a key has no value behind it",
        "A fact that is not known is left out, or is `unknown`.",
        _facts("operation_type:", "operation_type: airstrike"),
    ),
    "merge-key": (
        "the merge key `<<` of YAML stands in a file",
        "Each key is written where it counts, so that its line can be shown.",
        _facts("<<: {operation_type: airstrike}", "operation_type: airstrike"),
    ),
    "several-documents": (
        "a file of YAML holds more than one document",
        "A file holds one scenario; many stand in a folder, or line by line in a file `.jsonl`.",
        _lines(f"---\n{_HEAD}", "", above=_HEAD),
    ),
    "syntax": (
        "a file is not written as its form demands",
        "Nothing in it can be trusted to be what its author meant.",
        _lines("description: A strike: by drone.", 'description: "A strike: by drone."'),
    ),
    "tag": (
        "a tag of YAML stands before a value",
        "What a value is follows from its key.",
        _facts("operation_type: !!str airstrike", "operation_type: airstrike"),
    ),
    "too-deep": (
        "lists and mappings stand within one another more than 64 deep",
        "A scenario needs no more than a few levels.",
        (),
    ),
    "too-many-problems": (
        "a file has more problems than are listed",
        "The others are found once those that are listed are mended.",
        (),
    ),
    # --- its keys, and what stands under them
    "missing-key": (
        "a key that is needed is left out",
        "`authcheck schema scenario` has every key, and which are needed.",
        _whole("as_of: 2025-02-25\nfacts: {}\n", "scenario: A strike at sea\nas_of: 2025-02-25\nfacts: {}\n"),
    ),
    "too-few": (
        "a list or a mapping has fewer entries than it needs",
        "It would say nothing.",
        _lines(
            "unmodelled:\n  - {text: the weather, bears_on: []}",
            "unmodelled:\n  - {text: the weather, bears_on: [title-50]}",
        ),
    ),
    "unknown-key": (
        "a key is none that may stand there",
        "What it says would be passed over in silence.",
        _lines("descripton: A drone strikes a boat.", "description: A drone strikes a boat."),
    ),
    "wrong-type": (
        "a value is of another type than its key takes",
        "A text, a list, a number or keys with values are expected there.",
        _lines("description: [a drone, a boat]", "description: A drone strikes a boat."),
    ),
    "wrong-value": (
        "a word is none of the few that its key takes",
        "The help of the message names the nearest one.",
        _lines("unstated: abesnt", "unstated: absent"),
    ),
    # --- names and values
    "reversed-range": (
        "a range ends before it begins",
        "No number is in it.",
        _facts(
            "days_since_hostilities_began: {at_least: 12, at_most: 5}",
            "days_since_hostilities_began: {at_least: 5, at_most: 12}",
        ),
    ),
    "unknown-authority": (
        "an authority is named that the pack does not have",
        "`authcheck show authority` lists them.",
        _lines(
            "expect:\n  - {match: subset, verdicts: {titel-50: unavailable}}",
            "expect:\n  - {match: subset, verdicts: {title-50: unavailable}}",
            above=_STRIKE,
        ),
    ),
    "unknown-fact": (
        "a fact is none of the vocabulary",
        "`authcheck show fact` lists all that can be stated.",
        _facts("operation_typ: airstrike", "operation_type: airstrike"),
    ),
    "unknown-lens": (
        "a lens is named that the pack does not have",
        "`authcheck show lens` lists them.",
        _lines(
            "expect:\n  - {lens: documnts, match: subset, verdicts: {title-50: unavailable}}",
            "expect:\n  - {lens: documents, match: subset, verdicts: {title-50: unavailable}}",
            above=_STRIKE,
        ),
    ),
    "unknown-passage": (
        "a passage is cited that the pack does not have",
        "`authcheck show passage` lists them.",
        _lines("cite: [eo11905-5]", "cite: [eo11905-5g]"),
    ),
    "unknown-value": (
        "a fact has a value that it does not take",
        "`authcheck show fact NAME` lists the values of a fact with what each means.",
        _facts("operation_type: bombing", "operation_type: airstrike"),
    ),
}

_OF_SCENARIOS: Mapping[str, tuple[str, str, tuple[Excerpt, ...]]] = {
    "no-scenario": (
        "a file has none of the keys of a scenario",
        "It is taken for a file of something else, and not for a scenario in which all is misspelt.",
        _whole("colour: blue\n", "scenario: A strike at sea\n"),
    ),
    "options-and-activities": (
        "a scenario has both courses of action and activities",
        "Of `options` one is taken, while `activities` are all done.",
        _lines("activities:\n  arrest: {operation_type: law_enforcement}", "", above=_COURSES),
    ),
    "at-once": (
        "two values are said to hold at once, of a fact that has no such pair",
        "A list of values means one of them; `all_of` means both, which few facts can have.",
        _facts(
            "operation_type: {all_of: [airstrike, ground_raid]}",
            "operation_type: [airstrike, ground_raid]",
        ),
    ),
    "before-its-law": (
        "a fact is stated that only a law of a later day defines",
        "On the day of the scenario there was nothing of the kind.",
        _whole(
            "scenario: A covert action\nas_of: 1976-05-01\nfacts:\n  finding_in_writing: true\n",
            "scenario: A covert action\nas_of: 1985-05-01\nfacts:\n  finding_in_writing: true\n",
        ),
    ),
    "date-needed": (
        "a fact that is a date has another value",
        "Days are counted from it.",
        _facts("attack_date: last week", "attack_date: 2025-02-18"),
    ),
    "facts-contradict": (
        "no situation has all the facts that are stated",
        "`authcheck show fact NAME` says what a fact implies and excludes, and when it applies.",
        _facts(
            "operation_type: airstrike\nuses_armed_force: false",
            "operation_type: airstrike\nuses_armed_force: true",
        ),
    ),
    "no-value": (
        "a fact has an empty list of values",
        "A list means one of its values, and here is none.",
        _facts("operation_type: []", "operation_type: [airstrike, ground_raid]"),
    ),
    "number-needed": (
        "a fact that is a number has another value, or a smaller one than it can have",
        "It takes a whole number, or a range of them.",
        _facts("days_since_hostilities_began: a week", "days_since_hostilities_began: 7"),
    ),
    "numbers-differ": (
        "a number is stated that is another when it is counted from a stated date",
        "Only one of the two can be meant.",
        _facts(
            "hostilities_start_date: 2025-02-16\ndays_since_hostilities_began: 30",
            "hostilities_start_date: 2025-02-16",
        ),
    ),
    "stated-twice": (
        "one fact is stated twice, by its whole name and by a part of it",
        "`attack: {status: none}` states `attack_status`.",
        _facts("attack_status: occurred\nattack: {status: none}", "attack_status: occurred"),
    ),
    "unknown-status": (
        "the status of a fact is no status",
        "`authcheck help scenario` says what each means.",
        _facts(
            "operation_type: {value: airstrike, status: rumoured}",
            "operation_type: {value: airstrike, status: disputed}",
        ),
    ),
    "yes-no-needed": (
        "a fact that is a yes or a no has another value",
        "It takes `true`, `false` or `unknown`.",
        _facts("uses_armed_force: probably", "uses_armed_force: unknown"),
    ),
    "empty-expectation": (
        "an expectation is met whatever the answer is",
        "A test of it would tell nothing.",
        _lines(
            "expect:\n  - {match: subset, verdicts: {}}",
            "expect:\n  - {match: subset, verdicts: {title-50: unavailable}}",
            above=_STRIKE,
        ),
    ),
    "unknown-activity": (
        "an activity is named that the scenario does not have",
        "The names are those under `activities`.",
        _lines(
            "unmodelled:\n  - {text: the weather, bears_on: [title-50], activity: stirke}",
            "unmodelled:\n  - {text: the weather, bears_on: [title-50], activity: strike}",
            above=_DEEDS,
        ),
    ),
    "unknown-authority-or-power": (
        "what is said to be borne on is no authority and no power of the pack",
        "`authcheck show authority` and `authcheck show power` list them.",
        _lines(
            "unmodelled:\n  - {text: the weather, bears_on: [titel-50]}",
            "unmodelled:\n  - {text: the weather, bears_on: [title-50]}",
        ),
    ),
    "unknown-course": (
        "a course of action is named that the scenario does not have",
        "The names are those under `options`.",
        _lines(
            "expect:\n  - {option: strik, match: subset, verdicts: {title-50: unavailable}}",
            "expect:\n  - {option: strike, match: subset, verdicts: {title-50: unavailable}}",
            above=_COURSES,
        ),
    ),
}

_OF_WHOLE_FILES: Mapping[str, tuple[str, str]] = {
    "cells": ("a row of a table has more or fewer cells than there are columns", "Text with commas stands in quotes."),
    "file-is-folder": ("a folder stands where a file is needed", "Name a file in it."),
    "file-missing": ("there is no file of the name", "Look at its name, and in which folder you are."),
    "file-not-regular": ("what is named is a device, a pipe or the like", "Save its text in a file."),
    "file-not-text": (
        "a file is not plain text in UTF-8",
        "Save it as plain text, not as a document of an office program.",
    ),
    "file-too-large": ("a file is larger than 1 MiB", "Split it, or put records on the lines of a file `.jsonl`."),
    "file-unreadable": ("the system does not let a file be read", "The message has the system's reason."),
    "no-pack": ("a folder holds no `pack.yaml`", "`authcheck schema pack` says of what a pack consists."),
    "no-scenarios": ("a folder, or standard input, holds no scenario", "A scenario is a file `.yaml`."),
    "no-such-scenario": (
        "a name is neither a file nor a scenario of the pack",
        "`authcheck show scenario` lists those of the pack.",
    ),
    "unknown-column": (
        "a column of a table is headed by no fact",
        "`authcheck show fact` lists all that can be stated.",
    ),
}

_OF_PACKS: Mapping[str, tuple[str, str]] = {
    "bad-phrase": (
        "a fact is said to be told by words that no story can hold",
        "They are compared in small letters without hyphens.",
    ),
    "bare-list": ("a list stands where a condition is needed", "Write `all: [...]` or `any: [...]`."),
    "claim-form": ("a claim has none of the forms of one, or more than one", "`authcheck schema pack` has the forms."),
    "contested": (
        "a contested element has conditions of its own, or one that is not contested has readings",
        "What turns on a reading stands under `readings`, and nowhere else.",
    ),
    "cycle": ("terms rest on one another in a circle", "None of them would ever mean anything."),
    "date-tested": ("a condition tests a date", "Derive a number of days from the date, and test that."),
    "defined-twice": ("two things of a pack have one name", "Nothing says which of the two is meant by it."),
    "derived": (
        "a fact is derived from what is no date, or is neither a number nor a yes or no",
        "Days are counted from a date.",
    ),
    "file-name": ("the file of an authority has another name than the authority", "It is looked for by its name."),
    "lens": ("a lens has both `admits` and `holder`, or neither", "It goes by kinds of document, or by one holder."),
    "list-needed": ("`all` or `any` has no list of conditions", "Write `all: [...]` or `any: [...]`."),
    "missing": ("a file that a pack needs is missing", "`authcheck schema pack` says of what a pack consists."),
    "missing-reading": (
        "an element that is contested has no condition for one of the readings",
        "Write its condition, or that it is not asked.",
    ),
    "no-absent-value": (
        "a fact does not always apply, and has no value for where it does not",
        "Name that value under `absent`.",
    ),
    "no-condition": ("what stands there is no condition", "Name a fact with its value, as in `{fact: value}`."),
    "no-reading": (
        "no reading of a question stands in a document that carries rules",
        "The lens `documents` would admit none.",
    ),
    "no-speaker": ("a passage is speech of nobody", "Add `speaker`, or leave `speech` out."),
    "not-passed-on": (
        "words have somebody who passed them on, and are no indirect speech",
        "Write `speech: indirect`, or leave `through` out.",
    ),
    "not-plain": (
        "a condition is silent, or asks what is in force, where it must turn on facts alone",
        "It has to be yes or no in every situation.",
    ),
    "range-needed": ("a number is compared with what is no number and no range", "Write `{at_least: n, at_most: n}`."),
    "role": ("what an authority does is not what its role says", "A source has `supplies`, a means has `means_for`."),
    "several-keys": ("a condition has several keys, or none", "Join them with `all` or `any`."),
    "silence": (
        "`silent_when` stands without `silence`, or `silence` without `silent_when`",
        "Where the sources are silent, `silence` says on what.",
    ),
    "term-with-value": (
        "a term has a value behind it",
        "It holds or does not: write the term alone, or `{not: term}`.",
    ),
    "two-times": ("a duty has both `due` and `clock`", "It is due at one time."),
    "unasked-fact": ("`speaks_of` names a fact for which its element does not ask", "Name a fact of its condition."),
    "unclear-name": (
        "a value has another name that no reply can tell from others",
        "Write it in small letters without hyphens, for one value alone.",
    ),
    "unknown-caution": ("a caution is named that the pack does not have", "They stand in `vocabulary/cautions.yaml`."),
    "unknown-duty": (
        "a duty is done with one that does not stand before it in its authority",
        "What a duty is done with is told first.",
    ),
    "unknown-clock": ("a duty names a clock that its authority does not have", "The clocks stand in the same file."),
    "unknown-file": ("a file has no place in a pack", "Take it out of the folder of the pack."),
    "unknown-form": ("a condition tests a fact in no form that there is", "Write a value, a list, or `{not: value}`."),
    "unknown-holder": (
        "a reading is of a holder that the pack does not have",
        "They stand in `vocabulary/lenses.yaml`.",
    ),
    "unknown-name": (
        "a condition names what is no fact and no term",
        "`authcheck show fact` and `show term` list them.",
    ),
    "unknown-power": ("a power is named that the pack does not have", "`authcheck show power` lists them."),
    "unknown-question": ("a question is named that the pack does not have", "`authcheck show question` lists them."),
    "unknown-reading": ("a reading is named that its question does not have", "`authcheck show question` has them."),
    "value-needed": ("a condition names a fact without its value", "Write `{fact: value}`."),
    "values": ("a choice lists no values, or a fact that is none lists some", "A choice, and nothing else, has them."),
    "wrong-kind": (
        "what is assumed of a fact does not go with its kind",
        "Events take `unless_stated`, activities and statuses `absent`.",
    ),
}

ERRORS: Mapping[str, RuleDoc] = {
    **{
        code: RuleDoc(code, subject, Severity.ERROR, summary, why, example)
        for subject, found in (("scenario", _OF_SCENARIOS), ("file", _OF_FILES))
        for code, (summary, why, example) in found.items()
    },
    **{
        code: RuleDoc(code, subject, Severity.ERROR, summary, why)
        for subject, found in (("file", _OF_WHOLE_FILES), ("pack", _OF_PACKS))
        for code, (summary, why) in found.items()
    },
}
"""What is said of each error, by its code. What `file` is the subject of can be in a scenario as in a pack.

An example is a whole scenario, in the words of the shipped pack.
"""
