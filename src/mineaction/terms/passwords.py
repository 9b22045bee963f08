"""Which part of a text is the password of an address? It is not repeated: an address of a server may stand where a file belongs.

Refuses nothing. A text without one is handed back as it is.
"""

from __future__ import annotations

import re

_MASK = "***"
# The password of an address of a store ends at the last @: one that was not written as an address asks for may hold any character.
_STORE = re.compile(r"postgres(?:ql)?://[^:/?]*:", re.IGNORECASE)
_ANY = re.compile(r"(://[^\s:/?#]*:)[^\s/?#]*@")
# As a setting, in an address or in the words that PostgreSQL takes in its place.
_NAMED = re.compile(r"(password=)[^&\s]*", re.IGNORECASE)


def without_passwords(text: str) -> str:
    """The text with a mask in place of every password of an address."""
    text = _NAMED.sub(rf"\1{_MASK}", text)
    if "://" not in text:
        return text
    if (store := _STORE.search(text)) and (end := text.rfind("@")) >= store.end():
        text = f"{text[: store.end()]}{_MASK}{text[end:]}"
    return _ANY.sub(rf"\1{_MASK}@", text)
