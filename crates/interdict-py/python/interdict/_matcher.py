"""The surface of the package: what Python has becomes JSON, and JSON what Python wants."""

from __future__ import annotations

import json
import os
import warnings
from datetime import date, datetime
from typing import Any, Dict, Iterable, List, Mapping, Optional, Union

from . import _native
from ._arrow import ArrowTable, Decisions
from ._native import ArtifactError, NativeMatcher

Item = Union[Mapping[str, Any], str, bytes, bytearray, memoryview]
"""An item: a mapping of its fields, or JSON. It may bring its instant: ``{"at": ..., "item": {...}}``."""

Instant = Union[str, int, datetime]
"""An instant: RFC 3339 with its offset, seconds since 1970, or a ``datetime`` with a zone."""

PublicKey = Union[str, "os.PathLike[str]"]
"""Public keys of minisign: the path of their file, or as ``str`` its text, or that of several."""

# `None` would be what an unset variable of the environment gives, and must not mean that nobody signs.
_NOT_ASKED: Any = ...


class Matcher:
    """A compiled policy set, loaded. Threads may share it; while it decides, others run."""

    __slots__ = ("_native", "_path", "_release_version")

    _native: NativeMatcher
    _path: Optional[str]
    _release_version: Optional[int]

    def __init__(self) -> None:
        raise TypeError("use Matcher.open or Matcher.from_bytes")

    @classmethod
    def open(
        cls,
        path: Union[str, "os.PathLike[str]"],
        *,
        content_id: Optional[str] = None,
        public_key: PublicKey = _NOT_ASKED,
        least_version: int = 0,
    ) -> "Matcher":
        """Maps an artifact from a file, which must not be changed in place; replace it by renaming.

        With a ``content_id``, an artifact of another content raises :class:`ArtifactError`. With a
        ``public_key``, one that the key did not sign raises :class:`UntrustedError`, or more exactly
        :class:`UnsignedError` without ``PATH.minisig`` beside it and :class:`OlderError` with a
        version before ``least_version``; a key that is none raises :class:`PublicKeyError`. Then the
        file is read whole: what was verified is what decides.
        """
        path = os.path.abspath(os.fspath(path))
        key = _key(public_key, least_version)
        if key is None:
            return cls._made(NativeMatcher.open(path), path, content_id)
        return cls._made(NativeMatcher.open_signed(path, key, least_version), path, content_id)

    @classmethod
    def from_bytes(
        cls,
        data: Union[bytes, bytearray, memoryview],
        *,
        content_id: Optional[str] = None,
        signature: Union[None, str, bytes] = None,
        public_key: PublicKey = _NOT_ASKED,
        least_version: int = 0,
    ) -> "Matcher":
        """Loads an artifact from memory, which is copied.

        With a ``public_key`` the ``signature`` is asked for, what stands in ``X.matcher.minisig``; it
        raises as :meth:`open`.
        """
        data = bytes(data)
        key = _key(public_key, least_version)
        if key is None:
            if signature is not None:
                raise TypeError("signature needs public_key: nothing else says whose it should be")
            return cls._made(NativeMatcher.from_bytes(data), None, content_id)
        signature = signature or b""
        if isinstance(signature, str):
            signature = signature.encode("utf-8", "replace")
        native = NativeMatcher.from_signed_bytes(data, signature, key, least_version)
        return cls._made(native, None, content_id)

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
        matcher._release_version = native.release_version
        return matcher

    @property
    def content_id(self) -> str:
        """The hash that names the artifact's content, in hexadecimal."""
        return self._native.content_id

    @property
    def release_version(self) -> Optional[int]:
        """The version that the signature names, the ``least_version`` of the next artifact; ``None`` if
        no signature was asked for, and 0 if it names none."""
        return self._release_version

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

    def decide_arrow(
        self,
        table: ArrowTable,
        *,
        at: Optional[Instant] = None,
        known_at: Optional[Instant] = None,
    ) -> "Decisions":
        """Decides the rows of a table, which are items: a column is a field, a struct what stands in a
        field, and null is nothing. A column ``at``, with ``known_at`` beside it, brings instants along.

        It takes whatever speaks Arrow, such as a polars or pandas data frame or a pyarrow table, reader
        or batch; texts are read where they lie. The stream that it gives reads no further than it is
        read, so that neither side need fit into memory. A row that is no item has an ``error``.
        """
        if not (hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__")):
            raise TypeError(f"a table has `__arrow_c_stream__`, and a {type(table).__name__} has none")
        return Decisions._made(self._native.decide_arrow(table, _instant(at), _instant(known_at)))

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
        """A matcher travels as its path and content id; what is loaded there must be the same. Of what
        was signed the content id says that it is, so that neither signature nor key travel."""
        if self._path is None:
            raise TypeError("a matcher from bytes cannot be pickled: open it from a file")
        return _reopened, (self._path, self.content_id, self._release_version)

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


def _reopened(path: str, content_id: str, release_version: Optional[int]) -> Matcher:
    matcher = Matcher.open(path, content_id=content_id)
    matcher._release_version = release_version
    return matcher


def _key(public_key: Any, least_version: int) -> Optional[str]:
    """The text of the keys, or nothing where no signature is asked for."""
    if public_key is _NOT_ASKED:
        if least_version != 0:
            raise TypeError("least_version needs public_key: only a signature names a version")
        return None
    if isinstance(public_key, str):
        return public_key
    if isinstance(public_key, os.PathLike):
        with open(public_key, encoding="utf-8", errors="replace") as file:
            return file.read()
    raise TypeError(f"a public key is a text or a path, not {type(public_key).__name__}")


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
