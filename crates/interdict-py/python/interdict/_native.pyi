"""The native half of the package; see `_matcher` for what it is for."""

from typing import Optional, final

__version__: str

class InterdictError(ValueError):
    """Whatever keeps this package from answering."""

class ArtifactError(InterdictError):
    """The bytes are no artifact that this version reads, or another one than was asked for."""

class ItemError(InterdictError):
    """The item or its instant cannot be read, or there is no instant."""

class PolicyError(InterdictError):
    """The policies do not compile; the text shows every error as the command line does."""

@final
class NativeMatcher:
    @staticmethod
    def open(path: str) -> NativeMatcher: ...
    @staticmethod
    def from_bytes(data: bytes) -> NativeMatcher: ...
    @property
    def content_id(self) -> str: ...
    def decide(self, request: bytes, at: Optional[str], known_at: Optional[str]) -> str: ...
    def decide_batch(
        self, requests: list[bytes], at: Optional[str], known_at: Optional[str]
    ) -> list[str]: ...
    def decide_verdict(self, request: bytes, at: Optional[str], known_at: Optional[str]) -> str: ...
    def explain(self, request: bytes, at: Optional[str], known_at: Optional[str]) -> str: ...

def instant(seconds: int) -> str: ...

# Only in builds with the feature `compile`.
def compile(files: list[tuple[str, str]]) -> tuple[bytes, str]: ...
