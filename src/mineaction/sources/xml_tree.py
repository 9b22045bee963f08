"""Which elements does an XML file hold? Any document type is refused, so that no entity is defined, expanded or fetched."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.parsers import expat

from mineaction.terms.limits import XML_DEPTH_MAX
from mineaction.terms.problem import ProblemError, problem


def xml_tree(content: bytes, path: str) -> ElementTree.Element:
    """The outermost element; names are `{namespace}name`."""
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > XML_DEPTH_MAX:
            raise ProblemError([problem("xml_broken", f"{path}, line {parser.CurrentLineNumber}", reason="it is nested too deep")])
        builder.start(_named(name), {_named(one): value for one, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_named(name))

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, builder.data
    _parse(parser, content, path)
    return builder.close()


def refuse_broken_xml(content: bytes, path: str) -> None:
    """Read to its end, and refused where it is not well-formed or has a document type."""
    _parse(expat.ParserCreate(), content, path)


def _parse(parser: expat.XMLParserType, content: bytes, path: str) -> None:
    def refuse(*_: object) -> None:
        raise ProblemError([problem("xml_document_type", f"{path}, line {parser.CurrentLineNumber}")])

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, str(error))
        raise ProblemError([problem("xml_broken", f"{path}, line {error.lineno}", reason=reason)]) from None
    except LookupError as error:
        raise ProblemError([problem("xml_broken", path, reason=str(error))]) from None


def _named(name: str) -> str:
    return "{" + name if "}" in name else name


def local_name(element: ElementTree.Element) -> str:
    """The name without its namespace."""
    return element.tag.rpartition("}")[2]
