"""A strict check of a value against the part of JSON Schema that this project writes; a keyword it does not know fails the run.

Kept here so that the tests need no further package. `$ref` leads into `$defs` of the same document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}
ANNOTATIONS = {"$schema", "$defs", "$id", "title", "description"}
KEYWORDS = ANNOTATIONS | {
    "$ref", "type", "const", "enum", "pattern", "minLength", "items", "minItems", "properties", "required", "minProperties",
    "additionalProperties", "oneOf", "anyOf",
}  # fmt: skip


def errors(value: Any, schema: Schema, root: Schema | None = None, place: str = "$") -> Iterator[str]:
    """Each way in which the value does not fit the schema, with its place."""
    root = root or schema
    unknown = schema.keys() - KEYWORDS
    assert not unknown, f"keywords that this check does not know: {unknown}"
    if "$ref" in schema:
        yield from errors(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, place)
    if "type" in schema and not _is_of(value, schema["type"]):
        yield f"{place}: {type(value).__name__} is not {schema['type']}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{place}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    if isinstance(value, str):
        yield from _text(value, schema, place)
    if isinstance(value, list):
        yield from _list(value, schema, root, place)
    if isinstance(value, dict):
        yield from _mapping(value, schema, root, place)
    for keyword, most in (("oneOf", 1), ("anyOf", len(schema.get("anyOf", ())))):
        if keyword in schema:
            found = [list(errors(value, one, root, place)) for one in schema[keyword]]
            if not 1 <= sum(not one for one in found) <= most:
                yield f"{place}: does not fit {keyword}: {found}"


def _is_of(value: Any, wanted: str | list[str]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    is_flag = isinstance(value, bool)
    return any(isinstance(value, TYPES[name]) and (not is_flag or name == "boolean") for name in names)


def _text(value: str, schema: Schema, place: str) -> Iterator[str]:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{place}: {value!r} does not match {schema['pattern']}"
    if len(value) < schema.get("minLength", 0):
        yield f"{place}: the text is too short"


def _list(value: list[Any], schema: Schema, root: Schema, place: str) -> Iterator[str]:
    if len(value) < schema.get("minItems", 0):
        yield f"{place}: the list is too short"
    for position, one in enumerate(value):
        yield from errors(one, schema.get("items", {}), root, f"{place}[{position}]")


def _mapping(value: dict[str, Any], schema: Schema, root: Schema, place: str) -> Iterator[str]:
    if len(value) < schema.get("minProperties", 0):
        yield f"{place}: the mapping has too few keys"
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{place}: the key {name} is missing"
    known = schema.get("properties", {})
    for name, one in value.items():
        if name in known:
            yield from errors(one, known[name], root, f"{place}.{name}")
        elif schema.get("additionalProperties", True) is False:
            yield f"{place}: the key {name} is not in the schema"
        elif isinstance(schema.get("additionalProperties"), dict):
            yield from errors(one, schema["additionalProperties"], root, f"{place}.{name}")
