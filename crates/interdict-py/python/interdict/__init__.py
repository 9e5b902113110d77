"""Decides items by a compiled Interdict policy.

>>> from interdict import Matcher
>>> matcher = Matcher.open("rules.matcher")                                  # doctest: +SKIP
>>> matcher.decide({"title": "..."}, at="2018-04-18T12:00:00+08:00")         # doctest: +SKIP
{'verdict': 'allow', ...}

Nothing here looks at a clock: an item is judged at the instant that it brings, or at the one that
is given. The same item, instant and artifact give the same decision, byte for byte.
"""

from ._arrow import ArrowTable, Decisions
from ._matcher import Instant, Item, Matcher, PublicKey, compile
from ._native import (
    ArtifactError,
    InterdictError,
    ItemError,
    OlderError,
    PolicyError,
    PublicKeyError,
    UnsignedError,
    UntrustedError,
    __version__,
)

__all__ = [
    "ArrowTable",
    "ArtifactError",
    "Decisions",
    "Instant",
    "InterdictError",
    "Item",
    "ItemError",
    "Matcher",
    "OlderError",
    "PolicyError",
    "PublicKey",
    "PublicKeyError",
    "UnsignedError",
    "UntrustedError",
    "__version__",
    "compile",
]
