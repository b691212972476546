"""Pictures of rules and of answers: well formed, complete, readable without colour, safe whatever the texts hold."""

from __future__ import annotations

import html
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from authcheck.answer.answer import Finding, Kind
from authcheck.rendering.graph.dot import dot_text
from authcheck.rendering.graph.mermaid import mermaid_text
from authcheck.rendering.graph.picture import Cluster, Edge, Graph, Node, answer_graph, rule_graph
from authcheck.rendering.graph.svg import svg_text
from tests import shipped
from tests.shipped import Run

PACK = shipped.pack()

drawn = pytest.mark.skipif(
    shutil.which("dot") is None, reason="the program dot of Graphviz is not installed: no SVG can be drawn"
)


def pictures() -> Iterator[tuple[str, Graph]]:
    """Return a picture of every authority's rules, and of every scenario's answer, folded and unfolded."""
    for full in (False, True):
        words = " in full" if full else ""
        for name, authority in PACK.authorities.items():
            yield f"{name}{words}", rule_graph(authority, PACK, full=full)
        for scenario in shipped.scenarios():
            answer = shipped.decider().decide(scenario, lens="all")
            yield f"{scenario.id}{words}", answer_graph(answer, list(PACK.authorities), full=full)


PICTURES = dict(pictures())


# What Mermaid reads.

LABEL = r'"(?:[^"`%\\&<>]|<br/>)*"'
MERMAID_LINES = {
    "settings": re.compile(r"%%\{init: \{.*\}\}%%"),
    "kind": re.compile(r"flowchart LR"),
    "description": re.compile(r"  acc(?:Title|Descr): [^#;{}%<>]+"),
    "frame": re.compile(rf"  subgraph (?P<frame>authority\d+) \[{LABEL}\]"),
    "direction": re.compile(r"    direction LR"),
    "end": re.compile(r"  end"),
    "style": re.compile(r"  style authority\d+ fill:#\w+,stroke:#\w+"),
    "node": re.compile(rf"    (?P<node>n\d+)(?:\(({LABEL})\)|\[({LABEL})\]):::(?P<tone>\w+)"),
    "joint": re.compile(r'    (?P<from>n\d+) --- (?P<joint>n\d+j)\(\("(?:all|any|or|·)"\)\):::joint'),
    "edge": re.compile(r"    (?P<start>n\d+j?) (?:-->|-\.-x) (?P<finish>n\d+)"),
    "class": re.compile(r"  classDef (?P<class>\w+) [\w:#,. -]+"),
}


def read_mermaid(text: str) -> dict[str, list[str]]:
    """Return the names of each kind that the text holds; every line must be of one known form."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        fitting = [match for form in MERMAID_LINES.values() if (match := form.fullmatch(line))]
        assert len(fitting) == 1, line
        for kind, name in fitting[0].groupdict().items():
            found.setdefault(kind, []).append(name)
    return found


@pytest.mark.parametrize("name", PICTURES)
def test_mermaid_is_well_formed_and_holds_every_node_once(name: str) -> None:
    picture = PICTURES[name]
    found = read_mermaid(mermaid_text(picture))
    nodes = [node for cluster in picture.clusters for node in cluster.nodes]
    assert sorted(found["node"]) == sorted({f"n{number}" for number in range(1, len(nodes) + 1)})
    joints = found.get("joint", [])
    assert len(joints) == len(set(joints))
    assert set(found.get("start", [])) <= {*found["node"], *joints}
    # Every node but the roots is at the end of one line.
    ends = found.get("finish", [])
    assert len(ends) == len(set(ends)) == len(nodes) - len(picture.clusters)
    assert set(found["tone"]) <= set(found["class"])
    assert len(found.get("frame", [])) == (len(picture.clusters) if len(picture.clusters) > 1 else 0)


# What Graphviz reads.

STRING = r'"(?:[^"\\]|\\.)*"'
NODE = re.compile(rf"    (?P<name>{STRING}) \[label=(?P<label><<TABLE.*</TABLE>>), [^\"]*.*, tooltip={STRING}\]")
EDGE = re.compile(rf"    (?P<start>{STRING}) -> (?P<finish>{STRING})(?: \[style=dashed, arrowhead=tee\])?")


@pytest.mark.parametrize("name", PICTURES)
def test_dot_is_well_formed_and_holds_every_node_once(name: str) -> None:
    picture = PICTURES[name]
    text = dot_text(picture)
    nodes = [match for line in text.splitlines() if (match := NODE.fullmatch(line))]
    edges = [match for line in text.splitlines() if (match := EDGE.fullmatch(line))]
    assert len({one["name"] for one in nodes}) == len(nodes) == sum(len(one.nodes) for one in picture.clusters)
    assert len(edges) == sum(len(one.edges) for one in picture.clusters)
    names = {one["name"] for one in nodes}
    assert {end for one in edges for end in (one["start"], one["finish"])} <= names
    for one in nodes:
        ElementTree.fromstring(one["label"][1:-1])  # noqa: S314 - the text is the program's own.
    # Outside of strings and labels, brackets pair.
    bare = re.sub(r"<<TABLE.*?</TABLE>>", "", re.sub(STRING, "", text))
    assert bare.count("{") == bare.count("}")
    assert bare.count("[") == bare.count("]")
    assert '"' not in bare


# What they hold.


@pytest.mark.parametrize("name", PACK.authorities)
def test_every_part_of_a_rule_is_there_once(name: str) -> None:
    authority = PACK.authorities[name]
    nodes = PICTURES[name].clusters[0].nodes
    kinds = [node.kind for node in nodes]
    elements = [element for ground in authority.grounds for element in ground.elements]
    assert [node.text for node in nodes if node.kind == "element"] == [one.text for one in elements]
    assert [node.text for node in nodes if node.kind == "ground"] == [one.title for one in authority.grounds]
    assert kinds.count("reading") == sum(len(PACK.questions[one.question].readings) for one in elements if one.question)
    assert kinds.count("displacement") == len(authority.displaced_by)
    exceptions = [*authority.exceptions, *(one for ground in authority.grounds for one in ground.exceptions)]
    assert kinds.count("exception") == len(exceptions)
    assert kinds.count("in-force") == (len(authority.in_force.days) if authority.in_force else 0)


@pytest.mark.parametrize("name", PACK.authorities)
def test_what_a_condition_joins_is_joined_as_its_words_say(name: str) -> None:
    nodes = rule_graph(PACK.authorities[name], PACK, full=True).clusters[0].nodes
    said = {"all of these": "all", "any of these": "any"}
    conditions = [node for node in nodes if node.kind == "condition"]
    assert [node.joins for node in conditions] == [said.get(node.text, "") for node in conditions]


def below(finding: Finding) -> Iterator[Finding]:
    for part in finding.parts:
        yield part
        yield from below(part)


@pytest.mark.parametrize("name", shipped.PATHS)
def test_every_finding_is_there_once_with_its_value(name: str) -> None:
    answer = shipped.decider().decide(shipped.scenario(name))
    for authority, one in answer.authorities.items():
        cluster = answer_graph(answer, [authority], full=True).clusters[0]
        findings = list(below(one.tree))
        assert [node.kind for node in cluster.nodes[1:] if node.kind != "condition"] == [
            part.kind.value for part in findings if part.kind.value in SHOWN_AS_THEY_ARE and not is_condition(part)
        ]
        assert len(cluster.nodes) == len(findings) + 1
        # The word of the value stands in every box: no colour is needed.
        assert all(node.head for node in cluster.nodes)


SHOWN_AS_THEY_ARE = {"governs", "displacement", "exception", "ground", "element", "reading", "in-force"}


def is_condition(finding: Finding) -> bool:
    """Whether the finding is a test of whether some authority is in force, within a condition."""
    return finding.kind == Kind.IN_FORCE and finding.text.endswith(" is in force")


@pytest.mark.parametrize("text_of", [dot_text, mermaid_text])
def test_the_border_alone_tells_values_apart(text_of: Callable[[Graph], str]) -> None:
    borders = set()
    for tone in ("available", "unavailable", "silent", "undetermined", "contested"):
        text = text_of(Graph("", "", (Cluster("a", "a", (Node("a", "element", "met", tone=tone),), ()),)))
        line = next(one for one in text.splitlines() if "fillcolor" in one or "classDef" in one)
        borders.add(re.sub(r"classDef \w+|#\w+|tooltip=.*", "", line))
    assert len(borders) == 5


def test_a_contested_answer_shows_whose_readings_part() -> None:
    answer = shipped.decider().decide(shipped.scenario("monthly-raids"))
    nodes = answer_graph(answer, ["article-ii"], full=False).clusters[0].nodes
    readings = {node.head: node.details[0] for node in nodes if node.kind == "reading"}
    level = "“at least up to a certain level”"
    assert readings == {
        f"on the reading broad-claim: not asked, {level}": "the executive branch, as reported by Matthew C. Waxman",
        "on the reading attack-or-congress: not met, “likely”": "Javed Ali",
    }
    assert next(node for node in nodes if node.kind == "element").head == "contested"


# Texts that a language of pictures would obey.

HOSTILE = [
    'end"]; A-->B',
    "<script>alert(1)</script>",
    '%%{init: {"theme": "dark"}}%%',
    "style x:#quot; y; classDef a:b#35;",
    "a\nb\r\n\tc\x1b[31m",
    "`code` **bold** _it_ [sic] {x} (y) |z| \\l \\",
    "#35; #quot; &amp; & < >",
    "---\ntitle: x\n---",
    "subgraph s %% comment @{ shape: x } a:::b",
    "<B>bold</B></TD>]]>",
    "é — “words” … \u202ex",
    "x" * 200,
    "",
]


def hostile_graph() -> Graph:
    nodes = tuple(
        Node(f"{number} {text}", ("authority", "element")[number % 2], text, text, (text, text), "contested", text)
        for number, text in enumerate(HOSTILE)
    )
    edges = tuple(Edge(nodes[0].name, node.name, node.name.startswith("1")) for node in nodes[1:])
    first = Cluster('a"b', '"c] <d> #', nodes, edges)
    return Graph('}"; # %%{ <x>', '; } { # \\ "\n', (first, Cluster("z", "z", (Node("z", "element", "z"),), ())))


def test_mermaid_obeys_no_text() -> None:
    text = mermaid_text(hostile_graph())
    assert len(read_mermaid(text)["node"]) == len(HOSTILE) + 1
    assert text.count("%%{") == 1
    labels = [match[1] or match[2] for match in re.finditer(rf"n\d+(?:\(({LABEL})\)|\[({LABEL})\]):::", text)]
    # The last frame stands first.
    for words, label in zip(HOSTILE, labels[1:], strict=True):
        rows = label.strip('"').replace("<br/>", " ").split()
        read = "".join(re.sub(r"#(\d+);", lambda found: chr(int(found[1])), row) for row in rows)
        seen = "".join(re.sub(r"[\x1b\u202e]", "\ufffd", words).split())
        assert read == seen * 4
    # In a line that Mermaid takes for a style, a character that is written as a number would be cut.
    assert not re.search(r"(?:style|classDef).*:\S*#\d", "\n".join(labels))


@drawn
def test_graphviz_shows_hostile_texts_as_they_are() -> None:
    root = ElementTree.fromstring(svg_text(hostile_graph()))  # noqa: S314
    texts = "".join("".join(one.itertext()) for one in root.iter(f"{SVG}text")).replace("\u00a0", " ")
    shown = "".join(texts.split())
    for words in HOSTILE:
        assert "".join(re.sub(r"[\x1b\u202e]", "\ufffd", words).split()) in shown


# SVG.

SVG = "{http://www.w3.org/2000/svg}"


@drawn
@pytest.mark.parametrize("name", [*PACK.authorities, "drone-attack", "monthly-raids in full"])
def test_svg_is_drawn_and_named_for_those_who_do_not_see_it(name: str) -> None:
    picture = PICTURES[name]
    root = ElementTree.fromstring(svg_text(picture))  # noqa: S314
    assert root.tag == f"{SVG}svg"
    assert [one.tag for one in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert (root[0].text, root[1].text) == (picture.title, picture.description)
    assert root.get("aria-labelledby") == f"{root[0].get('id')} {root[1].get('id')}"
    nodes = [one for one in root.iter(f"{SVG}g") if one.get("class") == "node"]
    assert len(nodes) == sum(len(cluster.nodes) for cluster in picture.clusters)


@drawn
def test_a_box_of_svg_holds_the_quoted_words_behind_it() -> None:
    shown = html.unescape(svg_text(PICTURES["title-50"]))
    assert "“military operations could be approved and conducted against a priority U.S. target" in shown


def test_without_the_library_it_is_said_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "graphviz", None)
    done = run("show", "authority", "title-50", "--graph", "svg")
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'authcheck[svg]'" in done.stderr
    assert run("show", "authority", "title-50", "--graph", "dot").returncode == 0


def test_without_graphviz_it_is_said_what_to_install(run: Run, tmp_path: Path) -> None:
    done = run("explain", "drone-attack", "--graph", "svg", "-o", str(tmp_path / "x.svg"), PATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "install Graphviz (`apt install graphviz`" in done.stderr
    assert list(tmp_path.iterdir()) == []


# On the command line.


@pytest.mark.parametrize("form", ["mermaid", "dot"])
def test_a_picture_goes_to_a_file(form: str, run: Run, tmp_path: Path) -> None:
    asked = ("explain", "day-75", "-a", "article-ii", "-a", "war-powers", "--graph", form)
    shown = run(*asked)
    assert run(*asked, "-o", str(tmp_path / "picture")).returncode == 0
    assert (tmp_path / "picture").read_text(encoding="utf-8") == shown.stdout
    assert "Article II" in shown.stdout


@pytest.mark.parametrize("command", ["show authority title-50 --full", "explain drone-attack -a title-50 --full"])
def test_in_full_the_conditions_have_boxes_of_their_own(command: str, run: Run) -> None:
    words = command.removesuffix(" --full").split()
    full, folded = (run(*arguments, "--graph", "dot").stdout for arguments in (command.split(), words))
    assert '"title-50/approved-operation/presidential-approval/presidential_approval" [' in full
    assert full.count("[label=") > folded.count("[label=")


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("show fact attack_status --graph dot", "a picture is of one authority"),
        ("show authority --graph dot", "a picture is of one authority"),
        ("show authority title-50 --graph dot -f json", "a picture is of one authority"),
        ("show authority title-51 --graph dot", "did you mean `title-50`?"),
        ("show authority title-50 --full", "add --graph"),
        ("explain drone-attack day-75 --graph dot", "a picture is of one scenario"),
        ("explain drone-attack --graph dot --only failed", "leave out --only"),
        ("explain drone-attack --graph dot -f json", "leave out --format json"),
        ("explain drone-attack --graph dots", "did you mean `dot`?"),
    ],
)
def test_what_cannot_be_drawn_is_said(command: str, message: str, run: Run) -> None:
    done = run(*command.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.split())
