"""A policy file of a user: what is wrong with it is said, with code and place, and never a traceback."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mineaction.policies.policy_file import read_version
from mineaction.policies.policy_yaml import parse_yaml
from mineaction.policies.template import template
from mineaction.policies.unknowns import answer
from mineaction.policies.variants import variant
from mineaction.terms.limits import POLICY_CLAUSES_MAX, POLICY_FILE_BYTES_MAX
from mineaction.terms.problem import Problem

Raw = dict[str, Any]
PARAPHRASE = 'text: {kind: paraphrase, says: "Replaced.", citation: "replace"}'


def read(text: str | bytes) -> tuple[Any, list[Problem]]:
    raw, problems = parse_yaml(text.encode() if isinstance(text, str) else text, "my.yaml")
    return (None, problems) if problems else read_version(raw, "my.yaml", lambda _: None)


def changed(before: str, after: str) -> str:
    text = template()
    assert text.count(before) == 1, before
    return text.replace(before, after)


def test_the_example_has_no_problem() -> None:
    version, problems = read(template())
    assert problems == []
    assert version.id == "my_policy@2026-01-01" and version.default_reading == "as_written"


NOT_YAML: list[tuple[str, bytes, str, str]] = [
    ("Latin-1 instead of UTF-8", "title: Politique d'\u00e9limination".encode("latin-1"), "file_not_utf8", "my.yaml"),
    ("bytes of a program", b"\x7fELF\x02\x01\x01\x00", "file_not_text", "my.yaml"),
    ("UTF-16", "title: x".encode("utf-16"), "file_not_utf8", "my.yaml"),
    ("a NUL in the text", b"title: a\x00b", "file_not_text", "my.yaml"),
    ("nothing", b"", "yaml_value_wrong", "my.yaml"),
    ("a list", b"- a\n- b\n", "yaml_value_wrong", "my.yaml"),
    ("one sentence", b"We shall not use mines.", "yaml_value_wrong", "my.yaml"),
    ("an open quotation mark", b"title: 'x\n", "yaml_broken", "my.yaml, line 2"),
    ("a tab that indents", b"title:\n\tx: 1\n", "yaml_broken", "my.yaml, line 2"),
    ("two documents", b"a: 1\n---\nb: 2\n", "yaml_broken", "my.yaml, line 2"),
    ("a mapping as a key", b"? {a: 1}\n: b\n", "yaml_broken", "my.yaml, line 1"),
    ("a key twice", b"title: x\nreadings: {}\ntitle: y\n", "yaml_key_twice", "my.yaml, line 3"),
    ("an anchor", b"title: &x y\n", "yaml_alias", "my.yaml, line 1"),
    ("an alias", b"a: 1\ntitle: *x\n", "yaml_alias", "my.yaml, line 2"),
    ("a merge key", b"title: x\n<<: {a: 1}\n", "yaml_alias", "my.yaml, line 2"),
    ("a tag that would build an object", b"title: !!python/object/apply:os.getcwd []\n", "yaml_alias", "my.yaml, line 1"),
    ("lists within lists", b"a: " + b"[" * 100, "yaml_too_deep", "my.yaml, line 1"),
    ("lists within lists, thousands deep", b"[" * 400_000, "yaml_too_deep", "my.yaml, line 1"),
    ("mappings within mappings, thousands deep", b"{a: " * 200_000, "yaml_too_deep", "my.yaml, line 1"),
    ("two megabytes", b"# " + b"x" * 2_000_000, "file_too_large", "my.yaml"),
]


@pytest.mark.parametrize(("given_bytes", "code", "place"), [pytest.param(*rest, id=name) for name, *rest in NOT_YAML])
def test_a_file_is_refused_that_holds(given_bytes: bytes, code: str, place: str) -> None:
    raw, problems = parse_yaml(given_bytes, "my.yaml")
    assert raw == {}
    assert [(one.code, one.place) for one in problems] == [(code, place)]
    assert problems[0].remedy


def test_a_few_lines_that_would_unfold_to_billions_are_refused_at_once() -> None:
    nines = (f"{two}: &{two} [{','.join([f'*{one}'] * 9)}]" for one, two in zip("abcdefgh", "bcdefghi", strict=True))
    lines = ["a: &a [x,x,x,x,x,x,x,x,x]", *nines]
    assert [one.code for one in parse_yaml("\n".join(lines).encode(), "my.yaml")[1]] == ["yaml_alias"]


def test_a_file_as_large_as_allowed_is_read() -> None:
    line = '- {id: "a", forbid: {act: [use]}}\n'
    text = "clauses:\n" + line * ((POLICY_FILE_BYTES_MAX - 100) // len(line))
    raw, problems = parse_yaml(text.encode(), "my.yaml")
    assert problems == [] and len(raw["clauses"]) > POLICY_CLAUSES_MAX


def test_numbers_days_and_the_words_yes_and_no_stay_text() -> None:
    raw, _ = parse_yaml(b"a: [yes, no, on, 1, 1.5, 0b_, 2026-02-30, 1:30, true, false, null, ~]", "my.yaml")
    assert raw["a"] == ["yes", "no", "on", "1", "1.5", "0b_", "2026-02-30", "1:30", True, False, None, None]


WRONG = yaml.load((Path(__file__).parent / "wrong_policies.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.mark.parametrize("case", [pytest.param(one, id=one["says"]) for one in WRONG])
def test_a_policy_is_refused_with(case: dict[str, str]) -> None:
    version, problems = read(changed(case["replace"], case["by"]))
    assert version is None
    assert (case["code"], case["place"]) in [(one.code, one.place) for one in problems], [str(one) for one in problems]
    assert all(one.message and one.remedy for one in problems)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    text = changed("forbid: {act: [use]}", "forbid: {act: [fly]}").replace("do: [destroy]", "do: [burn]")
    assert [one.value for one in read(text)[1]] == ["fly", "burn"]


def test_a_wrong_word_names_the_nearest() -> None:
    _, (wrong,) = read(changed("purpose: [technique_training_or_development]", "purpose: [detecton]"))
    assert wrong.remedy.startswith("Nearest: detection")


def chain_of(count: int) -> str:
    """A policy in which each clause defeats the next."""
    head, _, _ = template().partition("clauses:\n")
    bodies = [f"- id: my_policy.x{one}\n  {PARAPHRASE}\n  forbid: {{act: [use]}}\n" for one in range(count)]
    edges = [f"  defeats: [my_policy.x{one}]\n" for one in range(1, count)]
    return f"{head}clauses:\n" + "".join(body + edge for body, edge in zip(bodies, [*edges, ""], strict=True))


def test_more_clauses_than_can_be_followed_are_refused() -> None:
    _, problems = read(chain_of(POLICY_CLAUSES_MAX + 1))
    assert [(one.code, one.place) for one in problems] == [("policy_too_large", "my.yaml: clauses")]


def test_as_many_clauses_as_allowed_defeat_one_another_in_a_chain() -> None:
    version, problems = read(chain_of(POLICY_CLAUSES_MAX))
    assert problems == []
    # Every second clause of the chain is live, beginning with the first, which nothing defeats.
    told = answer(variant(version, "", lambda _: version), {"act": "use", "item": "anti_personnel_mine", "initiation": "victim"})
    assert told.clauses == tuple(f"my_policy.x{one}" for one in range(0, POLICY_CLAUSES_MAX, 2))


JUNK = st.one_of(
    st.none(), st.booleans(), st.text(max_size=5),
    st.sampled_from(["use", "none", "strict", "my_policy.1", "2026-01-01", "apmbc@1999-03-01"]),
    st.just([]), st.just({}), st.lists(st.one_of(st.none(), st.text(max_size=3), st.just({"act": ["use"]})), max_size=2),
    st.dictionaries(st.text(max_size=4), st.one_of(st.none(), st.text(max_size=3), st.just(["use"])), max_size=2),
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a parsed file at which a value stands."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        yield (*path, key)
        yield from places(one, (*path, key))


def leads_on(value: Any, key: Any) -> bool:
    return (isinstance(value, dict) and key in value) or (isinstance(value, list) and isinstance(key, int) and key < len(value))


EXAMPLE, _ = parse_yaml(template().encode(), "my.yaml")
PLACES = list(places(EXAMPLE))


@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=3))
def test_whatever_stands_in_a_file_it_is_read_or_refused(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    raw: Raw = copy.deepcopy(EXAMPLE)
    for path, junk in changes:
        at: Any = raw
        for key in path[:-1]:
            at = at[key] if leads_on(at, key) else None
        if isinstance(at, dict) or leads_on(at, path[-1]):
            at[path[-1]] = copy.deepcopy(junk)
    version, problems = read_version(raw, "my.yaml", lambda _: None)
    assert (version is None) == bool(problems)
    if version is not None and not any("continues_where" in clause for clause in raw["clauses"]):
        for reading in version.readings:
            assert variant(version, reading.name, lambda _: version).version_id == version.id


def test_a_version_bears_the_day_it_is_in_force_from() -> None:
    _, problems = read(changed('from: "2026-01-01"', 'from: "2027-01-01"'))
    assert [(one.code, one.value) for one in problems] == [("yaml_value_wrong", "my_policy@2026-01-01")]
