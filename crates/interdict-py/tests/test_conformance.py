"""Python gives the answers of `tests/conformance`, byte for byte."""

import json
import pathlib

import pytest
from conftest import ROOT
from interdict import ItemError, Matcher

FOLDER = ROOT / "tests" / "conformance"
SETS = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.jsonl"))


def pairs(name):
    lines = (FOLDER / f"{name}.jsonl").read_bytes().split(b"\n")
    assert lines.pop() == b"" and len(lines) % 2 == 0
    return list(zip(lines[::2], lines[1::2]))


def answer(matcher, ask):
    try:
        decision = matcher.decide_json(ask)
    except ItemError as error:
        return json.dumps({"error": str(error)}, ensure_ascii=False, separators=(",", ":"))
    return decision.replace(f'"matcher":"{matcher.content_id}"', '"matcher":""')


def test_there_are_sets():
    assert {"rules", "rules-real", "refused", "published-v1"} < set(SETS)


@pytest.mark.parametrize("name", SETS)
def test_set(name, matchers: pathlib.Path):
    path = matchers / f"{name}.matcher"
    matcher = Matcher.open(path)
    assert matcher.content_id == path.read_bytes()[16:48].hex()
    decided = []
    for ask, wanted in pairs(name):
        assert answer(matcher, ask).encode() == wanted, ask.decode()
        if not wanted.startswith(b'{"error"'):
            decided.append((ask, json.loads(wanted)))
            assert matcher.decide_verdict(ask) == decided[-1][1]["verdict"]
    batch = matcher.decide_batch([ask for ask, _ in decided])
    for found, (ask, wanted) in zip(batch, decided):
        assert {**found, "matcher": ""} == wanted, ask.decode()
    assert len(batch) == len(decided)
