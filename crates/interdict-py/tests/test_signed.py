"""What is trusted and what is refused: the trials that every face is held to, and what Python alone has."""

import json
import pathlib
import pickle

import interdict
import pytest
from interdict import ArtifactError, Matcher, PublicKeyError, UnsignedError

STATUS = {
    interdict.UnsignedError: "unsigned",
    interdict.UntrustedError: "untrusted",
    interdict.OlderError: "older",
    interdict.PublicKeyError: "bad key",
}


@pytest.fixture(scope="session")
def signed(matchers):
    return matchers / "signed"


def came_to(load):
    try:
        return "ok", str(load().release_version)
    except interdict.InterdictError as error:
        return STATUS[type(error)], str(error)


def check(trial, status, says):
    assert (status, trial["name"]) == (trial["status"], trial["name"]), says
    assert says == trial["says"] if status == "ok" else trial["says"] in says


def test_the_trials(signed, tmp_path):
    trials = json.loads((signed / "trials.json").read_text("utf-8"))
    assert {trial["status"] for trial in trials} == {"ok", *STATUS.values()}
    for trial in trials:
        path = signed / f"{trial['name']}.matcher"
        beside = path.with_name(path.name + ".minisig")
        signature = beside.read_bytes() if beside.exists() else None
        least, key = int(trial["least_version"]), trial["public_key"]
        file = tmp_path / "its.pub"
        file.write_text(key, "utf-8")
        for one in (key, file):
            given = {"public_key": one, "least_version": least}
            check(trial, *came_to(lambda: Matcher.open(path, **given)))
            check(trial, *came_to(lambda: Matcher.from_bytes(path.read_bytes(), signature=signature, **given)))


def test_a_key_that_is_missing_is_no_leave(signed):
    path, data = signed / "signed.matcher", (signed / "signed.matcher").read_bytes()
    for load in (lambda **given: Matcher.open(path, **given), lambda **given: Matcher.from_bytes(data, **given)):
        with pytest.raises(TypeError, match="a public key is a text or a path, not NoneType"):
            load(public_key=None)
        with pytest.raises(PublicKeyError):
            load(public_key="")
        with pytest.raises(TypeError, match="least_version needs public_key"):
            load(least_version=1)
        with pytest.raises(FileNotFoundError):
            load(public_key=pathlib.Path("no such key"))
        with pytest.raises(OverflowError):
            load(public_key=signed / "signed.pub", least_version=-1)
    with pytest.raises(TypeError, match="signature needs public_key"):
        Matcher.from_bytes(data, signature="")
    with pytest.raises(UnsignedError, match="^bytes: not signed: no signature came with it$"):
        Matcher.from_bytes(data, public_key=signed / "signed.pub")


def test_files_that_are_not_there(signed):
    key = signed / "signed.pub"
    with pytest.raises(FileNotFoundError):
        Matcher.open(signed / "none.matcher", public_key=key)
    with pytest.raises(UnsignedError, match=r"not signed: there is no `.*unsigned\.matcher\.minisig`"):
        Matcher.open(signed / "unsigned.matcher", public_key=key)


def test_the_content_id_is_asked_for_too(signed):
    path, key = signed / "signed.matcher", signed / "signed.pub"
    matcher = Matcher.open(path, public_key=key)
    assert Matcher.open(path, public_key=key, content_id=matcher.content_id).release_version == 17
    with pytest.raises(ArtifactError, match="content id is"):
        Matcher.open(path, public_key=key, content_id="0" * 64)


def test_a_matcher_that_was_verified_travels(signed, tmp_path):
    path = tmp_path / "moving.matcher"
    path.write_bytes((signed / "signed.matcher").read_bytes())
    beside = tmp_path / "moving.matcher.minisig"
    beside.write_bytes((signed / "signed.matcher.minisig").read_bytes())
    matcher = Matcher.open(path, public_key=signed / "signed.pub")
    pickled = pickle.dumps(matcher)
    copy = pickle.loads(pickled)
    assert (copy.content_id, copy.release_version) == (matcher.content_id, 17)
    assert Matcher.open(path).release_version is None
    changed = bytearray(path.read_bytes())
    changed[-1] ^= 1
    path.write_bytes(changed)
    with pytest.raises(ArtifactError):
        pickle.loads(pickled)
