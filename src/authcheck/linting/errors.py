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
    "line-too-long": (
        "a line of JSON is longer than 1 MiB",
        "A record stands on a line of its own, and none is so long.",
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
    "listed-twice": (
        "a value stands twice in a list of those that a fact may have",
        "A list says that it is one of several; a value needs no more than its place in it.",
        _facts("target_type: [cartel, state, cartel]", "target_type: [cartel, state]"),
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

_OF_PACK_FILES: Mapping[str, tuple[str, str]] = {
    "missing": ("a file that a pack needs is missing", "`authcheck schema pack` says of what a pack consists."),
    "unknown-file": ("a file has no place in a pack", "Take it out of the folder of the pack."),
}


def _caution(bad: str) -> Excerpt:
    """Return the condition of a caution, and what it would be with the error."""
    return Excerpt("vocabulary/cautions.yaml", good="when: {all: [acts, {incident: none}]}", bad=bad)


def _contested(bad: str) -> Excerpt:
    """Return an element on which speakers part, and what it would be with the error."""
    good = "contested: scope\nreadings:\n  narrow: answered\n  wide: not-asked"
    return Excerpt("charter.yaml", good=good, bad=bad)


_OF_PACKS: Mapping[str, tuple[str, str, Excerpt]] = {
    "bad-phrase": (
        "a fact is said to be told by words that no story can hold",
        "They are compared in small letters without hyphens.",
        Excerpt(
            "vocabulary/facts.yaml", good="phrases: {fair: [the sun shone]}", bad="phrases: {fair: [The Sun-Shine]}"
        ),
    ),
    "bare-list": (
        "a list stands where a condition is needed",
        "Write `all: [...]` or `any: [...]`.",
        _caution("when: [acts, {incident: none}]"),
    ),
    "claim-form": (
        "a claim has none of the forms of one, or more than one",
        "`authcheck schema pack` has the forms.",
        Excerpt(
            "claims.yaml",
            good="all:\n  if: {verdict: {charter: available}}\n  then: acts",
            bad="all:\n  if: {verdict: {charter: available}}\n  then: acts\nsome: acts",
        ),
    ),
    "contested": (
        "a contested element has conditions of its own, or one that is not contested has readings",
        "What turns on a reading stands under `readings`, and nowhere else.",
        _contested("when: answered\ncontested: scope\nreadings:\n  narrow: answered\n  wide: not-asked"),
    ),
    "cycle": (
        "terms rest on one another in a circle",
        "None of them would ever mean anything.",
        Excerpt(
            "vocabulary/terms.yaml",
            good="text: It answers an incident.\nwhen: {incident: occurred}",
            bad="text: It answers an incident.\nwhen: {any: [answered, {incident: occurred}]}",
        ),
    ),
    "date-tested": (
        "a condition tests a date",
        "Derive a number of days from the date, and test that.",
        Excerpt("charter.yaml", good="silent_when: {days: {at_least: 90}}", bad="silent_when: {start: 2025-02-04}"),
    ),
    "defined-twice": (
        "two things of a pack have one name",
        "Nothing says which of the two is meant by it.",
        Excerpt(
            "vocabulary/lenses.yaml",
            good="- {lens: all, title: Everything, admits: all}",
            bad="- {lens: all, title: Everything, admits: all}\n- {lens: all, title: All of it, admits: all}",
        ),
    ),
    "derived": (
        "a fact is derived from what is no date, or is neither a number nor a yes or no",
        "Days are counted from a date.",
        Excerpt(
            "vocabulary/facts.yaml",
            good="derived: {from: start, first: 1, rule: The first day is day 1.}",
            bad="derived: {from: acts, first: 1, rule: The first day is day 1.}",
        ),
    ),
    "file-name": (
        "the file of an authority has another name than the authority",
        "It is looked for by its name.",
        Excerpt(
            "landlord.yaml",
            good="authority: landlord\ntitle: Leave of the landlord",
            bad="authority: lease\ntitle: Leave of the landlord",
        ),
    ),
    "lens": (
        "a lens has both `admits` and `holder`, or neither",
        "It goes by kinds of document, or by one holder.",
        Excerpt(
            "vocabulary/lenses.yaml",
            good="- {lens: all, title: Everything, admits: all}",
            bad="- {lens: all, title: Everything, admits: all}\n- {lens: his, title: His, admits: all, holder: teller}",
        ),
    ),
    "list-needed": (
        "`all` or `any` has no list of conditions",
        "Write `all: [...]` or `any: [...]`.",
        _caution("when: {all: acts}"),
    ),
    "missing-reading": (
        "an element that is contested has no condition for one of the readings",
        "Write its condition, or that it is not asked.",
        _contested("contested: scope\nreadings:\n  narrow: answered"),
    ),
    "no-absent-value": (
        "a fact does not always apply, and has no value for where it does not",
        "Name that value under `absent`.",
        Excerpt(
            "vocabulary/facts.yaml",
            good="absent: not_applicable\nonly_if: {incident: occurred}",
            bad="only_if: {incident: occurred}",
        ),
    ),
    "no-condition": (
        "what stands there is no condition",
        "Name a fact with its value, as in `{fact: value}`.",
        _caution("when: 3"),
    ),
    "no-reading": (
        "no reading of a question stands in a document that carries rules",
        "The lens `documents` would admit none.",
        Excerpt(
            "vocabulary/questions.yaml",
            good="text: It is.\nholders: [teller]\ncite: [story-2]",
            bad="text: It is.\nholders: [teller]\ncite: [statute-1]",
        ),
    ),
    "no-speaker": (
        "a passage is speech of nobody",
        "Add `speaker`, or leave `speech` out.",
        Excerpt(
            "sources/story.yaml",
            good="at: paragraph 1\nspeaker: the teller\nspeech: direct",
            bad="at: paragraph 1\nspeech: direct",
        ),
    ),
    "not-passed-on": (
        "words have somebody who passed them on, and are no indirect speech",
        "Write `speech: indirect`, or leave `through` out.",
        Excerpt(
            "sources/story.yaml",
            good="at: paragraph 1\nspeaker: the teller\nspeech: direct",
            bad="at: paragraph 1\nspeaker: the teller\nspeech: direct\nthrough: somebody",
        ),
    ),
    "not-plain": (
        "a condition is silent, or asks what is in force, where it must turn on facts alone",
        "It has to be yes or no in every situation.",
        Excerpt(
            "vocabulary/powers.yaml",
            good="meaning: Leave of somebody else.\nneeded_when: acts",
            bad="meaning: Leave of somebody else.\nneeded_when: silent",
        ),
    ),
    "range-needed": (
        "a number is compared with what is no number and no range",
        "Write `{at_least: n, at_most: n}`.",
        Excerpt("charter.yaml", good="silent_when: {days: {at_least: 90}}", bad="silent_when: {days: many}"),
    ),
    "role": (
        "what an authority does is not what its role says",
        "A source has `supplies`, a means has `means_for`.",
        Excerpt("landlord.yaml", good="role: source", bad="role: means"),
    ),
    "several-keys": (
        "a condition has several keys, or none",
        "Join them with `all` or `any`.",
        _caution("when: {acts: true, incident: none}"),
    ),
    "silence": (
        "`silent_when` stands without `silence`, or `silence` without `silent_when`",
        "Where the sources are silent, `silence` says on what.",
        Excerpt(
            "charter.yaml",
            good="silent_when: {not: customary}\nsilence: Nobody says what is not customary.",
            bad="silent_when: {not: customary}",
        ),
    ),
    "term-with-value": (
        "a term has a value behind it",
        "It holds or does not: write the term alone, or `{not: term}`.",
        _contested("contested: scope\nreadings:\n  narrow: {answered: true}\n  wide: not-asked"),
    ),
    "two-times": (
        "a duty has both `due` and `clock`",
        "It is due at one time.",
        Excerpt(
            "charter.yaml",
            good="clock: sixty\ncite: [statute-1]",
            bad="due: {from: start, days: 2, words: within two days}\nclock: sixty\ncite: [statute-1]",
        ),
    ),
    "unasked-fact": (
        "`speaks_of` names a fact for which its element does not ask",
        "Name a fact of its condition.",
        Excerpt(
            "charter.yaml",
            good="text: The board has approved it.\nwhen: approved",
            bad="text: The board has approved it.\nwhen: approved\nspeaks_of: barred",
        ),
    ),
    "unclear-name": (
        "a value has another name that no reply can tell from others",
        "Write it in small letters without hyphens, for one value alone.",
        Excerpt("vocabulary/facts.yaml", good="also: {foul: [bad weather]}", bad="also: {foul: [Bad Weather]}"),
    ),
    "unknown-caution": (
        "a caution is named that the pack does not have",
        "They stand in `vocabulary/cautions.yaml`.",
        Excerpt(
            "claims.yaml",
            good="all:\n  if: {verdict: {charter: available}}\n  then: acts",
            bad="all:\n  if: {caution: danger}\n  then: acts",
        ),
    ),
    "unknown-duty": (
        "a duty is done with one that does not stand before it in its authority",
        "What a duty is done with is told first.",
        Excerpt(
            "charter.yaml",
            good="clock: sixty\ncite: [statute-1]",
            bad="done_with: notice\nclock: sixty\ncite: [statute-1]",
        ),
    ),
    "unknown-clock": (
        "a duty names a clock that its authority does not have",
        "The clocks stand in the same file.",
        Excerpt("charter.yaml", good="clock: sixty\ncite: [statute-1]", bad="clock: fifty\ncite: [statute-1]"),
    ),
    "unknown-form": (
        "a condition tests a fact in no form that there is",
        "Write a value, a list, or `{not: value}`.",
        _caution("when: {all: [acts, {incident: {is: none}}]}"),
    ),
    "unknown-holder": (
        "a reading is of a holder that the pack does not have",
        "They stand in `vocabulary/lenses.yaml`.",
        Excerpt(
            "vocabulary/questions.yaml", good="text: It is.\nholders: [teller]", bad="text: It is.\nholders: [narrator]"
        ),
    ),
    "unknown-name": (
        "a condition names what is no fact and no term",
        "`authcheck show fact` and `show term` list them.",
        _caution("when: {all: [act, {incident: none}]}"),
    ),
    "unknown-power": (
        "a power is named that the pack does not have",
        "`authcheck show power` lists them.",
        Excerpt("charter.yaml", good="waives:\n  - power: leave", bad="waives:\n  - power: permit"),
    ),
    "unknown-question": (
        "a question is named that the pack does not have",
        "`authcheck show question` lists them.",
        _contested("contested: range\nreadings:\n  narrow: answered\n  wide: not-asked"),
    ),
    "unknown-reading": (
        "a reading is named that its question does not have",
        "`authcheck show question` has them.",
        Excerpt("charter.yaml", good="only_on: {scope: wide}", bad="only_on: {scope: broad}"),
    ),
    "value-needed": (
        "a condition names a fact without its value",
        "Write `{fact: value}`.",
        _caution("when: {all: [acts, incident]}"),
    ),
    "values": (
        "a choice lists no values, or a fact that is none lists some",
        "A choice, and nothing else, has them.",
        Excerpt(
            "vocabulary/facts.yaml",
            good="meaning: Habit counts.\nabsent: false",
            bad="meaning: Habit counts.\nvalues: {usual: It is usual.}\nabsent: false",
        ),
    ),
    "wrong-kind": (
        "what is assumed of a fact does not go with its kind",
        "Events take `unless_stated`, activities and statuses `absent`.",
        Excerpt(
            "vocabulary/facts.yaml",
            good="meaning: A show of hands counts.\nunless_stated: false",
            bad="meaning: A show of hands counts.\nabsent: false",
        ),
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
        for subject, found in (("file", _OF_WHOLE_FILES), ("pack", _OF_PACK_FILES))
        for code, (summary, why) in found.items()
    },
    **{
        code: RuleDoc(code, "pack", Severity.ERROR, summary, why, (example,))
        for code, (summary, why, example) in _OF_PACKS.items()
    },
}
"""What is said of each error, by its code. What `file` is the subject of can be in a scenario as in a pack.

An example is a whole scenario, in the words of the shipped pack; that of a pack is a part of a file of one.
"""
