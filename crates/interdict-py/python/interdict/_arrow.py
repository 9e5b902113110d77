"""Tables as other libraries hand them over, and the decisions on their rows."""

from __future__ import annotations

from typing import Any, Optional, Protocol, Tuple, Union


class ArrowStream(Protocol):
    """What gives a stream of Arrow: a polars or pandas data frame, a table or reader of pyarrow."""

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object: ...


class ArrowArray(Protocol):
    """What gives one array of Arrow: a batch of pyarrow."""

    def __arrow_c_array__(self, requested_schema: Optional[object] = None) -> Tuple[object, object]: ...


ArrowTable = Union[ArrowStream, ArrowArray]
"""A table: whatever speaks Arrow's PyCapsule interface and has columns with names."""


class Decisions:
    """The decisions on a table's rows, a stream of Arrow: ``polars.DataFrame(decisions)``,
    ``pyarrow.table(decisions)``, ``pyarrow.RecordBatchReader.from_stream(decisions)``.

    It has a row for each row, in their order, and can be read once. Its columns: ``row``, the number of
    the row, from 0; ``verdict``; ``rules``, the ids of those that fired, the primary one first;
    ``possible``, those that may fire; ``upcoming``, with ``id``, ``verdict`` and ``effective``;
    ``needs``, what would settle the verdict; ``decision``, the whole of it as :meth:`Matcher.decide_json`
    gives it; and ``error``, why a row was not decided, which then has nothing else.
    """

    __slots__ = ("_stream",)

    _stream: Any

    def __init__(self) -> None:
        raise TypeError("use Matcher.decide_arrow")

    @classmethod
    def _made(cls, stream: Any) -> "Decisions":
        decisions = object.__new__(cls)
        decisions._stream = stream
        return decisions

    def __arrow_c_schema__(self) -> object:
        """The columns, as a PyCapsule."""
        return self._stream.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        """The stream, as a PyCapsule. The second time raises ``OSError``."""
        return self._stream.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return "<interdict.Decisions>"
