"""What does this file say: its text, its front matter and its sentences, each with its place?

Offsets are code points of the decoded file (`bytes.decode("utf-8")`): a byte-order mark is its first code point and line ends stay as
they are. Refuses what is not UTF-8 text, is empty, is larger than `STATEMENT_BYTES_MAX`, or has front matter that is not YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from mineaction.reports.fact_check.folding import Folded, fold
from mineaction.terms.limits import SENTENCE_CHARACTERS_MAX, STATEMENT_BYTES_MAX
from mineaction.terms.problem import Problem, ProblemError, problem

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_BULLET = re.compile(r"[ \t]*(?P<mark>[-*+•·–—‣◦]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])[ \t\u00a0]+(?=\S)")
_WORD = re.compile(r"\w")
# A sentence ends at a full stop, question or exclamation mark and its closing quotes, before a capital or an opening quote; a full
# stop may have lost its space ("(APL).These changes"), but only after a lower-case letter or a bracket.
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]*]*(?=\s+[\"'“‘(\[*]*[^\W\d_a-z]|\s+\d|\s*$)|(?<=[a-z)\]])\.(?=[A-Z][a-z])")
_NOT_AN_END = re.compile(
    r"(?:\b(?:U\.S|U\.K|U\.N|Mr|Mrs|Ms|Dr|Sen|Rep|Gen|Col|St|No|Nos|Art|Arts|para|approx|ca|cf|vs|etc|e\.g|i\.e|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z])\.$"
)
_TITLE_LINE = re.compile(r"\W*[^\W_a-z].*[\w)\"'”’]\s*$")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or list item, without surrounding white space. `intro` is the sentence that opens its list, if it has one."""

    start: int
    end: int
    folded: Folded
    paragraph: int
    is_item: bool
    intro: Sentence | None = None

    @property
    def text(self) -> str:
        """The folded words."""
        return self.folded.text


@dataclass(frozen=True, slots=True)
class Statement:
    """A decoded statement. `front_matter` is empty when there is none; `body` is where the text after it begins."""

    name: str
    text: str
    front_matter: Mapping[str, object]
    body: int
    sentences: tuple[Sentence, ...]

    @property
    def title(self) -> str:
        """The title of the front matter, on one line."""
        return " ".join(str(self.front_matter.get("title") or "").split())


def read_statement(raw: bytes, name: str) -> Statement:
    """The statement in these bytes; raises `ProblemError` for what cannot be read."""
    text = decoded(raw, name)
    front_matter, body = _front_matter(text, name)
    sentences = tuple(_sentences(text, body))
    if not sentences:
        raise ProblemError([problem("file_empty", name)])
    return Statement(name, text, front_matter, body, sentences)


def decoded(raw: bytes, name: str) -> str:
    """The text of a UTF-8 file of bearable size."""
    if len(raw) > STATEMENT_BYTES_MAX:
        raise ProblemError([problem("file_too_large", name, len(raw), limit=STATEMENT_BYTES_MAX)])
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ProblemError([problem("file_not_utf8", name, 0)])
    control = _CONTROL.search(raw)
    if control:
        raise ProblemError([problem("file_not_text", name, control.start())])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError([problem("file_not_utf8", name, error.start)]) from None


def _front_matter(text: str, name: str) -> tuple[Mapping[str, object], int]:
    """The mapping between two lines of three dashes at the head of the file, and where the body begins."""
    begin = 1 if text.startswith("\ufeff") else 0
    fence = _FENCE.match(text, begin)
    if fence is None:
        return {}, begin
    place = fence.end()
    for line in _LINE.finditer(text, fence.end()):
        if line.group().strip() == "---":
            return _mapping(text[place : line.start()], name), line.end()
    raise ProblemError([problem("front_matter_broken", name, reason="the closing '---' is missing")])


def _mapping(source: str, name: str) -> Mapping[str, object]:
    found, problems = written_mapping(source.encode("utf-8"), name)
    if problems:
        raise ProblemError([problem("front_matter_broken", name, reason=yaml_reason(problems[0]))])
    return found


def written_mapping(raw: bytes, place: str) -> tuple[Mapping[str, object], list[Problem]]:
    """What YAML beside or before a statement says, read under the same guard as a policy file; empty when it says nothing.

    Numbers and dates stay texts: who needs one reads it.
    """
    from mineaction.policies.policy_yaml import parse_yaml

    if not any(line.strip() and not line.lstrip().startswith(b"#") for line in raw.splitlines()):
        return {}, []
    found, problems = parse_yaml(raw, place)
    wrong_kind = [one for one in problems if one.code == "yaml_value_wrong"]
    return found, ([problem("yaml_broken", place, reason="it is not a list of 'key: value' lines")] if wrong_kind else problems)


def yaml_reason(found: Problem) -> str:
    """Why YAML is not read, as part of a sentence."""
    said = {
        "yaml_alias": f"line {found.value} uses an anchor, alias, tag or merge key: write the value out where it is used",
        "yaml_too_deep": "values stand too deep within each other",
    }
    return said.get(found.code, found.message.removeprefix("The file is not YAML: ").rstrip("."))


def _blocks(text: str, begin: int) -> Iterator[tuple[int, int, bool]]:
    """Paragraphs and list items (start, end, is_item): a blank line, a list mark or a heading begins a new one."""
    start: int | None = None
    mark = ""
    for line in _LINE.finditer(text, begin):
        words = line.group()
        if not words.strip(" \t\r\n\u00a0\\"):
            if start is not None:
                yield start, line.start(), bool(mark)
            start, mark = None, ""
            continue
        bullet = _BULLET.match(text, line.start(), line.end())
        if bullet and start is not None and not _begins_an_item(bullet.group("mark"), mark, text[start : line.start()]):
            bullet = None
        if bullet or words.startswith("#"):
            if start is not None:
                yield start, line.start(), bool(mark)
            start, mark = (bullet.end(), bullet.group("mark")) if bullet else (line.start(), "")
        elif start is None:
            start = line.start()
    if start is not None:
        yield start, len(text), bool(mark)


def _begins_an_item(mark: str, mark_before: str, text_before: str) -> bool:
    """Inside a block a dash or a number may also be a wrapped line: it is a list mark after an item with such a mark, or after a colon."""
    if mark_before:
        return mark == mark_before or (mark[-1] in ".)" and mark_before[-1] in ".)")
    before = text_before.rstrip()
    return before.endswith((":", ";")) or (mark[-1] not in ".)" and before.endswith((".", "!", "?", ".)", '."', ".\u201d")))


def _sentences(text: str, begin: int) -> Iterator[Sentence]:
    intro: Sentence | None = None
    for number, (start, end, is_item) in enumerate(_blocks(text, begin)):
        last: Sentence | None = None
        for first, stop in _parts(text, start, end):
            trimmed = _trimmed(text, first, stop)
            if trimmed is None:
                continue
            made = fold(text[slice(*trimmed)], trimmed[0])
            last = Sentence(*trimmed, made, number, is_item, intro if is_item else None)
            yield last
        if not is_item:
            intro = last if last is not None and last.text.rstrip('*_" ').endswith(":") else None


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one block; one that is longer than any real sentence is cut at white space."""
    lines = [line for line in _LINE.finditer(text, start, end) if line.group()]
    longest = max((len(line.group()) for line in lines), default=0)
    begin = start
    for line, following in pairwise(lines):
        # Title lines at the head of a block: short beside the running text, no mark at their end, and the next line begins anew.
        is_short = 2 * len(line.group()) < longest and _TITLE_LINE.match(line.group())
        if not is_short or not following.group().lstrip()[:1].isupper():
            break
        yield from _running(text, begin, line.end())
        begin = line.end()
    yield from _running(text, begin, end)


def _running(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for found in _SENTENCE_END.finditer(text, start, end):
        if found.group().startswith(".") and _NOT_AN_END.search(text, max(begin, found.start() - 8), found.start() + 1):
            continue
        yield from _pieces(text, begin, found.end())
        begin = found.end()
    yield from _pieces(text, begin, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > SENTENCE_CHARACTERS_MAX:
        spaces = list(_SPACES.finditer(text, start + SENTENCE_CHARACTERS_MAX // 2, start + SENTENCE_CHARACTERS_MAX))
        cut = spaces[-1].end() if spaces else start + SENTENCE_CHARACTERS_MAX
        yield start, cut
        start = cut
    yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Without white space and list or heading marks around it; None when no letter or digit is left."""
    while start < end and (text[start].isspace() or text[start] in "#>\ufeff"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "\ufeff"):
        end -= 1
    return (start, end) if _WORD.search(text, start, end) else None
