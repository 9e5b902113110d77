"""The surface of the package: what Python has becomes JSON, and JSON what Python wants."""

from __future__ import annotations

import json
import os
import warnings
from datetime import date, datetime
from typing import Any, Dict, Iterable, List, Mapping, Optional, Union

from . import _native
from ._native import ArtifactError, NativeMatcher

Item = Union[Mapping[str, Any], str, bytes, bytearray, memoryview]
"""An item: a mapping of its fields, or JSON. It may bring its instant: ``{"at": ..., "item": {...}}``."""

Instant = Union[str, int, datetime]
"""An instant: RFC 3339 with its offset, seconds since 1970, or a ``datetime`` with a zone."""


class Matcher:
    """A compiled policy set, loaded. Threads may share it; while it decides, others run."""

    __slots__ = ("_native", "_path")

    _native: NativeMatcher
    _path: Optional[str]

    def __init__(self) -> None:
        raise TypeError("use Matcher.open or Matcher.from_bytes")

    @classmethod
    def open(
        cls, path: Union[str, "os.PathLike[str]"], *, content_id: Optional[str] = None
    ) -> "Matcher":
        """Maps an artifact from a file, which must not be changed in place; replace it by renaming.

        With a ``content_id``, an artifact of another content raises :class:`ArtifactError`.
        """
        path = os.path.abspath(os.fspath(path))
        return cls._made(NativeMatcher.open(path), path, content_id)

    @classmethod
    def from_bytes(
        cls, data: Union[bytes, bytearray, memoryview], *, content_id: Optional[str] = None
    ) -> "Matcher":
        """Loads an artifact from memory, which is copied."""
        return cls._made(NativeMatcher.from_bytes(bytes(data)), None, content_id)

    @classmethod
    def _made(
        cls, native: NativeMatcher, path: Optional[str], wanted: Optional[str]
    ) -> "Matcher":
        found = native.content_id
        if wanted is not None and wanted.lower() != found:
            raise ArtifactError(f"the artifact's content id is {found}, not {wanted}")
        matcher = object.__new__(cls)
        matcher._native = native
        matcher._path = path
        return matcher

    @property
    def content_id(self) -> str:
        """The hash that names the artifact's content, in hexadecimal."""
        return self._native.content_id

    def decide(
        self, item: Item, *, at: Optional[Instant] = None, known_at: Optional[Instant] = None
    ) -> Dict[str, Any]:
        """Decides an item.

        ``at`` is the instant to judge by, and ``known_at`` by when something must have been published to
        be known; an instant that the item brings along wins. Raises :class:`ItemError`.
        """
        decision: Dict[str, Any] = json.loads(self.decide_json(item, at=at, known_at=known_at))
        return decision

    def decide_json(
        self, item: Item, *, at: Optional[Instant] = None, known_at: Optional[Instant] = None
    ) -> str:
        """Decides as :meth:`decide`, and gives the decision as JSON: the bytes that every face gives."""
        return self._native.decide(_json(item), _instant(at), _instant(known_at))

    def decide_batch(
        self,
        items: Iterable[Item],
        *,
        at: Optional[Instant] = None,
        known_at: Optional[Instant] = None,
    ) -> List[Dict[str, Any]]:
        """Decides items, in their order. The first that cannot be read raises :class:`ItemError`."""
        requests = [_json(item) for item in items]
        answers = self._native.decide_batch(requests, _instant(at), _instant(known_at))
        return [json.loads(answer) for answer in answers]

    def decide_verdict(
        self, item: Item, *, at: Optional[Instant] = None, known_at: Optional[Instant] = None
    ) -> str:
        """The verdict alone, which is cheaper: allow, require, restrict, review or ban."""
        return self._native.decide_verdict(_json(item), _instant(at), _instant(known_at))

    def explain(
        self, item: Item, *, at: Optional[Instant] = None, known_at: Optional[Instant] = None
    ) -> Dict[str, Any]:
        """Says of every rule why it holds for an item, or why not."""
        account: Dict[str, Any] = json.loads(
            self._native.explain(_json(item), _instant(at), _instant(known_at))
        )
        return account

    def __reduce__(self) -> Any:
        """A matcher travels as its path and content id; what is loaded there must be the same."""
        if self._path is None:
            raise TypeError("a matcher from bytes cannot be pickled: open it from a file")
        return _reopened, (self._path, self.content_id)

    def __repr__(self) -> str:
        return f"<interdict.Matcher {self.content_id[:12]}>"


def compile(policies: Mapping[str, str]) -> bytes:  # noqa: A001 - what it does everywhere else
    """Compiles policies, texts by the names of their files, into an artifact.

    Errors raise :class:`PolicyError`, whose text shows them all; warnings are Python warnings. Raises
    ``NotImplementedError`` if the package was built without its feature ``compile``.
    """
    native = getattr(_native, "compile", None)
    if native is None:
        raise NotImplementedError("this build of interdict cannot compile: build it with --features compile")
    artifact, shown = native(list(policies.items()))
    if shown:
        warnings.warn(shown, stacklevel=2)
    return bytes(artifact)


def _reopened(path: str, content_id: str) -> Matcher:
    return Matcher.open(path, content_id=content_id)


def _json(item: Item) -> bytes:
    if isinstance(item, bytes):
        return item
    if isinstance(item, str):
        # A lone surrogate is no text; let the reader of JSON say so.
        return item.encode("utf-8", "surrogatepass")
    if isinstance(item, (bytearray, memoryview)):
        return bytes(item)
    text = json.dumps(item, ensure_ascii=False, allow_nan=False, default=_value)
    return text.encode("utf-8", "surrogatepass")


def _value(value: Any) -> Any:
    """What JSON has no word for: dates as the language writes them, and mappings and lists of any kind."""
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"an item cannot hold a {type(value).__name__}: {value!r}")


def _instant(at: Optional[Instant]) -> Optional[str]:
    if at is None or isinstance(at, str):
        return at
    if isinstance(at, datetime):
        if at.tzinfo is None:
            raise ValueError(f"{at!r} has no zone: an instant needs its offset from UTC")
        return at.isoformat()
    if isinstance(at, int) and not isinstance(at, bool):
        return _native.instant(at)
    raise TypeError(f"an instant is a text, a datetime or seconds, not {type(at).__name__}")
