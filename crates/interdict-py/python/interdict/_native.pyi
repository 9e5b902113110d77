"""The native half of the package; see `_matcher` for what it is for."""

from typing import Any, Optional, final

__version__: str

class InterdictError(ValueError):
    """Whatever keeps this package from answering."""

class ArtifactError(InterdictError):
    """The bytes are no artifact that this version reads, or another one than was asked for."""

class UntrustedError(ArtifactError):
    """No trusted key signed the artifact: another did, it was changed, or the signature is none."""

class UnsignedError(UntrustedError):
    """A signature is asked for, and there is none."""

class OlderError(UntrustedError):
    """The artifact is signed, as a version before the least that is accepted."""

class PublicKeyError(InterdictError):
    """What should say whose signatures count is no public key of minisign."""

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
    @staticmethod
    def open_signed(path: str, public_key: str, least_version: int) -> NativeMatcher: ...
    @staticmethod
    def from_signed_bytes(
        data: bytes, signature: bytes, public_key: str, least_version: int
    ) -> NativeMatcher: ...
    @property
    def content_id(self) -> str: ...
    @property
    def release_version(self) -> Optional[int]: ...
    def decide(self, request: bytes, at: Optional[str], known_at: Optional[str]) -> str: ...
    def decide_batch(
        self, requests: list[bytes], at: Optional[str], known_at: Optional[str]
    ) -> list[str]: ...
    def decide_arrow(self, table: object, at: Optional[str], known_at: Optional[str]) -> Any: ...
    def decide_verdict(self, request: bytes, at: Optional[str], known_at: Optional[str]) -> str: ...
    def explain(self, request: bytes, at: Optional[str], known_at: Optional[str]) -> str: ...

def instant(seconds: int) -> str: ...

# Only in builds with the feature `compile`.
def compile(files: list[tuple[str, str]]) -> tuple[bytes, str]: ...
