"""What Python alone has: mappings, instants, pickling, threads, errors, types."""

import concurrent.futures
import datetime
import importlib.resources
import pathlib
import pickle
import re
import subprocess
import sys

import interdict
import pytest
from conftest import turns_beside
from interdict import ArtifactError, ItemError, Matcher, PolicyError

AT = "2018-04-20T18:05:00+08:00"
ITEM = {"platform": "taobao", "title": "I.C.O 项目 白 皮 书 代笔"}


def test_an_item_is_a_mapping_or_json(rules):
    wanted = rules.decide(ITEM, at=AT)
    assert wanted["verdict"] == "ban"
    assert wanted["matcher"] == rules.content_id
    json = '{"platform": "taobao", "title": "I.C.O 项目 白 皮 书 代笔"}'
    for form in (json, json.encode(), bytearray(json.encode()), memoryview(json.encode())):
        assert rules.decide(form, at=AT) == wanted
    assert rules.decide({"at": AT, "item": ITEM}) == wanted


def test_values_that_json_has_no_word_for(rules):
    day = datetime.date(2018, 4, 17)
    for created in (day, datetime.datetime(2018, 4, 17, tzinfo=datetime.timezone.utc)):
        assert rules.decide({**ITEM, "created": created}, at=AT)["verdict"] == "ban"
    assert rules.decide({**ITEM, "category": {"toys"}}, at=AT)["verdict"] == "ban"
    with pytest.raises(TypeError, match="an item cannot hold a object"):
        rules.decide({"title": object()}, at=AT)
    with pytest.raises(ValueError):
        rules.decide({"price": {"amount": float("nan")}}, at=AT)


def test_an_instant_is_text_seconds_or_a_datetime(rules):
    shanghai = datetime.timezone(datetime.timedelta(hours=8))
    moment = datetime.datetime(2018, 4, 20, 18, 5, tzinfo=shanghai)
    assert rules.decide(ITEM, at=moment) == rules.decide(ITEM, at=AT)
    seconds = rules.decide(ITEM, at=int(moment.timestamp()))
    assert seconds["at"] == "2018-04-20T10:05:00Z"
    before = rules.decide(ITEM, at=moment, known_at=datetime.datetime(2000, 1, 1, tzinfo=shanghai))
    assert before["verdict"] == "allow" and before["known_at"].startswith("2000-01-01")
    with pytest.raises(ValueError, match="no zone"):
        rules.decide(ITEM, at=datetime.datetime(2018, 4, 20))
    with pytest.raises(TypeError, match="not float"):
        rules.decide(ITEM, at=1.5)
    with pytest.raises(ItemError, match="at: `today` is not an instant"):
        rules.decide(ITEM, at="today")
    with pytest.raises(ItemError, match="no instant"):
        rules.decide(ITEM)


def test_an_account_says_why(rules):
    account = rules.explain(ITEM, at=AT)
    assert account["verdict"] == "ban"
    assert any(rule["outcome"] == "fired" for rule in account["rules"])


def test_a_batch_names_the_item_that_cannot_be_read(rules):
    assert rules.decide_batch([]) == []
    with pytest.raises(ItemError, match="^item 1: field `title` takes text"):
        rules.decide_batch([ITEM, {"title": 1}], at=AT)


def test_a_surrogate_is_refused(rules):
    for form in ({"title": "\ud800"}, '{"title": "\ud800"}'):
        with pytest.raises(ItemError, match="not JSON"):
            rules.decide(form, at=AT)


def test_what_is_no_artifact(tmp_path, matchers):
    with pytest.raises(FileNotFoundError):
        Matcher.open(tmp_path / "none.matcher")
    with pytest.raises(OSError):
        Matcher.open(tmp_path)
    with pytest.raises(ArtifactError, match="not a compiled policy"):
        Matcher.from_bytes(b"text")
    data = (matchers / "rules.matcher").read_bytes()
    with pytest.raises(ArtifactError, match="damaged"):
        Matcher.from_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(ArtifactError, match="content id is"):
        Matcher.from_bytes(data, content_id="0" * 64)
    with pytest.raises(TypeError):
        Matcher()


def test_a_matcher_travels_by_path_and_content(rules, matchers, tmp_path):
    copy = pickle.loads(pickle.dumps(rules))
    assert copy.content_id == rules.content_id
    assert copy.decide(ITEM, at=AT) == rules.decide(ITEM, at=AT)
    path = tmp_path / "moving.matcher"
    path.write_bytes((matchers / "rules.matcher").read_bytes())
    pickled = pickle.dumps(Matcher.open(path))
    other = tmp_path / "other"
    other.write_bytes((matchers / "published-v1.matcher").read_bytes())
    other.replace(path)
    with pytest.raises(ArtifactError, match="content id is"):
        pickle.loads(pickled)
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(Matcher.from_bytes((matchers / "rules.matcher").read_bytes()))


def test_threads_share_a_matcher(rules):
    wanted = rules.decide(ITEM, at=AT)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for decision in pool.map(lambda _: rules.decide(ITEM, at=AT), range(400)):
            assert decision == wanted


def test_others_run_while_it_decides(rules):
    """With the lock held the counter would stand still until the batch is decided."""
    long = [b'{"title": "' + b"word " * 4000 + b'"}'] * 200
    assert turns_beside(lambda: rules.decide_batch(long, at=AT)) > 0


def test_the_package_is_typed():
    files = importlib.resources.files(interdict)
    assert (files / "py.typed").is_file() and (files / "_native.pyi").is_file()
    aliases = {"ArrowTable", "Instant", "Item", "PublicKey", "__version__"}
    for name in set(interdict.__all__) - aliases:
        assert getattr(interdict, name).__doc__, name
    for name, method in vars(Matcher).items():
        assert name.startswith("_") or getattr(method, "__doc__", None), name


def worked_policy(readme):
    return re.search(r"```policy\n(.*?)```", readme, re.S).group(1)


def test_policies_compile(readme):
    data = interdict.compile({"taobao.policy": worked_policy(readme)})
    title = "I.C.O 白 皮 书 写作"
    decision = Matcher.from_bytes(data).decide({"platform": "taobao", "title": title}, at=AT)
    assert [rule["id"] for rule in decision["rules"]] == ["taobao/T2"]
    with pytest.raises(PolicyError, match=r"(?s)error\[.*taobao\.policy:1:"):
        interdict.compile({"taobao.policy": "ban everyting"})


def test_the_example_of_the_readme(readme, tmp_path):
    data = interdict.compile({"taobao.policy": worked_policy(readme)})
    (tmp_path / "rules.matcher").write_bytes(data)
    examples = re.findall(r"```python\n(.*?)```", readme, re.S)
    assert len(examples) == 1
    own = pathlib.Path(__file__).parents[1] / "README.md"
    assert examples[0] in own.read_text("utf-8")
    command = [sys.executable, "-c", examples[0]]
    out = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert out == "ban ['taobao/T2']\n"
