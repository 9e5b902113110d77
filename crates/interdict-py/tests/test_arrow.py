"""Tables of Arrow: the answers of `tests/conformance`, and every type of column."""

import datetime
import decimal
import json
import re
import subprocess
import sys

import interdict
import pandas
import polars
import pyarrow as pa
import pytest
from conftest import ROOT, turns_beside
from interdict import Matcher
from test_conformance import SETS, answer, pairs

AT = "2018-04-20T18:05:00+08:00"
TITLE = "I.C.O 项目 白 皮 书 代笔"
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


def rows(decisions):
    return pa.table(decisions).to_pylist()


def is_a_row(ask):
    """Whether a request can stand in a table: an object, with something in it, no name twice, and lists of
    one type."""
    try:
        value = json.loads(ask, object_pairs_hook=unrepeated)
        return isinstance(value, dict) and bool(table_of([value]).columns)
    except (ValueError, pa.ArrowException):
        return False


def unrepeated(fields):
    if len({name for name, _ in fields}) < len(fields):
        raise ValueError("a name stands twice")
    return dict(fields)


def said(row):
    if row["error"] is not None:
        assert all(row[name] is None for name in row if name not in ("row", "error"))
        return {"error": row["error"]}
    decision = json.loads(row["decision"])
    assert row["verdict"] == decision["verdict"]
    assert row["rules"] == [rule["id"] for rule in decision["rules"]]
    assert row["possible"] == [rule["id"] for rule in decision.get("possible", [])]
    assert row["upcoming"] == decision.get("upcoming", [])
    assert row["needs"] == decision.get("needs", [])
    return row["decision"]


def wanted(matcher, ask):
    found = answer(matcher, ask)
    return json.loads(found) if found.startswith('{"error"') else matcher.decide_json(ask)


def lists_in(value, path=()):
    """Where a value has lists: in a column, a value is a list in every row or in none."""
    if isinstance(value, dict):
        return frozenset().union(*(lists_in(one, (*path, name)) for name, one in value.items()))
    return frozenset([path]) if isinstance(value, list) else frozenset()


def table_of(values):
    return pa.Table.from_struct_array(pa.array(values))


@pytest.mark.parametrize("name", SETS)
def test_set(name, matchers):
    """One by one, each as a table of its own type, and as tables of many rows, where what is missing is null."""
    matcher = Matcher.open(matchers / f"{name}.matcher")
    together = {}
    for ask, _ in pairs(name):
        if is_a_row(ask):
            value = json.loads(ask)
            (row,) = rows(matcher.decide_arrow(table_of([value])))
            assert said(row) == wanted(matcher, ask), ask.decode()
            if row["error"] is None:
                together.setdefault(lists_in(value), []).append(ask)
    for asks in together.values():
        table = table_of([json.loads(ask) for ask in asks])
        # Polars hands nulls that have no type over as no array of Arrow: pola-rs/polars, issue 22934.
        frames = [] if "null" in str(table.schema) else [polars.from_arrow(table)]
        for one in [table, *frames]:
            found = rows(matcher.decide_arrow(one))
            assert [row["row"] for row in found] == list(range(len(asks)))
            for row, ask in zip(found, asks):
                assert said(row) == wanted(matcher, ask), ask.decode()


def test_most_of_the_corpus_is_rows():
    asks = [ask for name in SETS for ask, _ in pairs(name)]
    assert sum(map(is_a_row, asks)) > 0.9 * len(asks)


def test_whatever_speaks_arrow(rules):
    columns = {"platform": ["taobao", "taobao"], "title": [TITLE, "books"]}
    table = pa.table(columns)
    tables = [
        table,
        table.to_batches()[0],
        table.to_reader(),
        table.to_struct_array(),
        polars.DataFrame(columns),
        polars.DataFrame(columns).to_struct("items"),
        pandas.DataFrame(columns),
        rules.decide_arrow(table),
    ]
    for one in tables[:-1]:
        decisions = rules.decide_arrow(one, at=AT)
        assert repr(decisions) == "<interdict.Decisions>"
        frame = polars.DataFrame(decisions)
        assert frame["verdict"].to_list() == ["ban", "allow"], type(one)
        assert frame["decision"].to_list() == [
            rules.decide_json({"platform": "taobao", "title": title}, at=AT) for title in columns["title"]
        ]
    # What comes out goes in, as columns that no policy knows; and no row is decided without an instant.
    (first, second) = rows(rules.decide_arrow(tables[-1], at=AT))
    assert (first["row"], second["row"], json.loads(first["decision"])["ignored_fields"]) == (0, 1, 2)
    schema = pa.schema(rules.decide_arrow(table))
    assert schema.names == ["row", "verdict", "rules", "possible", "upcoming", "needs", "decision", "error"]
    assert pandas.DataFrame.from_arrow(rules.decide_arrow(table, at=AT))["verdict"].tolist() == ["ban", "allow"]


def test_a_row_that_is_no_item(rules):
    table = pa.table({"title": [1, None], "at": [AT, "today"], "platform": ["taobao", None]})
    first, second = rows(rules.decide_arrow(table))
    assert first["error"] == "field `title` takes text in quotes, but here it is a number"
    assert (second["row"], second["error"][:28]) == (1, "at: `today` is not an instan")
    missing = pa.StructArray.from_arrays([pa.array([TITLE, "", TITLE])], ["title"], mask=pa.array([False, True, False]))
    for table in (missing, pa.chunked_array([missing])):
        found = rows(rules.decide_arrow(table, at=AT))
        assert found[1]["error"].startswith("an item is an object"), found
        assert [row["verdict"] is None for row in found] == [False, True, False]
    (row,) = rows(rules.decide_arrow(pa.table({"title": ["x"]})))
    assert row["error"].startswith("no instant")


def test_what_is_no_table(rules):
    for one in ([{"title": "x"}], {"title": ["x"]}, None):
        with pytest.raises(TypeError, match="a table has `__arrow_c_stream__`"):
            rules.decide_arrow(one)
    for one in (pa.array(["x"]), polars.Series(["x"])):
        with pytest.raises(TypeError, match="a table has columns with names"):
            rules.decide_arrow(one)
    with pytest.raises(TypeError):
        interdict.Decisions()


def test_a_stream_is_read_once_and_as_far_as_it_is_read(rules):
    read = []

    def batches():
        for number in range(3):
            read.append(number)
            yield pa.record_batch({"title": [TITLE] * 10_000})

    schema = pa.schema({"title": pa.string()})
    decisions = rules.decide_arrow(pa.RecordBatchReader.from_batches(schema, batches()), at=AT)
    assert read == []
    reader = pa.RecordBatchReader.from_stream(decisions)
    first, second, third = (reader.read_next_batch() for _ in range(3))
    assert read == [0, 1] and first.num_rows < 10_000
    assert first.num_rows + second.num_rows == 10_000
    assert third["row"][0].as_py() == 10_000
    assert sum(batch.num_rows for batch in reader) + third.num_rows == 20_000
    with pytest.raises(OSError):
        pa.table(decisions)


def test_what_the_table_raises_is_said(rules):
    def batches():
        yield pa.record_batch({"title": [TITLE], "platform": ["taobao"]})
        raise RuntimeError("the disk is gone")

    schema = pa.schema({"title": pa.string(), "platform": pa.string()})
    decisions = rules.decide_arrow(pa.RecordBatchReader.from_batches(schema, batches()), at=AT)
    reader = pa.RecordBatchReader.from_stream(decisions)
    assert reader.read_next_batch()["verdict"].to_pylist() == ["ban"]
    with pytest.raises((OSError, pa.ArrowException), match="the disk is gone"):
        reader.read_next_batch()


def test_others_run_while_it_decides(rules):
    """With the lock held the counter would stand still until the table is decided."""
    table = polars.DataFrame({"title": ["word " * 4000] * 400})
    assert turns_beside(lambda: polars.DataFrame(rules.decide_arrow(table, at=AT))) > 0


TYPES = """\
policy types
field weight is number
field made is date
field fit is yes-no
field tax.rate is number

term ICO

ban anything effective 2018-01-01
  id heavy
  where weight at least 0.1
ban anything effective 2018-01-01
  id late
  where made after 2018-04-17T12:00:00+08:00
ban anything effective 2018-01-01
  id fit
  where fit is yes
ban anything effective 2018-01-01
  id named
  where mentions ICO
ban anything effective 2018-01-01
  id books
  where tags has any of books, comics
ban anything effective 2018-01-01
  id taxed
  where tax.rate over 5
"""


@pytest.fixture(scope="module")
def types():
    with pytest.warns(UserWarning, match="untested-rule"):
        return Matcher.from_bytes(interdict.compile({"types.policy": TYPES}))


NOON = datetime.datetime(2018, 4, 17, 12, tzinfo=SHANGHAI)
LATER = datetime.datetime(2018, 4, 17, 12, 0, 1, 500_000, tzinfo=SHANGHAI)
DAY = datetime.date(2018, 4, 18)


def a_column_of_every_type():
    """The field, its column, what the rows hold in JSON, and which rule fires where."""
    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        yield "title", pa.array(["ICO", "books", None], kind), ["ICO", "books", None], "named", [0]
        yield "title", pa.array(["ICO", "x"], kind).dictionary_encode(), ["ICO", "x"], "named", [0]
    for kind in (pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()):
        yield "weight", pa.array([0, 1, None], kind), [0, 1, None], "heavy", [1]
    for kind, most in ((pa.float16(), 0.125), (pa.float32(), 0.1), (pa.float64(), 0.1)):
        yield "weight", pa.array([0.0, most], kind), [0.0, most], "heavy", [1]
    for kind in (pa.decimal32(5, 3), pa.decimal64(9, 3), pa.decimal128(20, 3), pa.decimal256(50, 3)):
        exact = [decimal.Decimal("0.099"), decimal.Decimal("0.100")]
        yield "weight", pa.array(exact, kind), [0.099, 0.1], "heavy", [1]
    yield "fit", pa.array([True, False, None]), [True, False, None], "fit", [0]
    for kind in (pa.date32(), pa.date64()):
        yield "made", pa.array([DAY, None], kind), ["2018-04-18", None], "late", [0]
    for unit in ("s", "ms", "us", "ns"):
        for zone in ("UTC", "Asia/Shanghai", "+08:00"):
            moments = pa.array([NOON, LATER], pa.timestamp("us", "UTC")).cast(pa.timestamp(unit, zone), safe=False)
            yield "made", moments, [NOON.isoformat(), LATER.isoformat()], "late", [1]
    names = [["books"], [], None, ["toys", "comics"]]
    for kind in (pa.list_, pa.large_list, pa.list_view, pa.large_list_view):
        yield "tags", pa.array(names, kind(pa.string())), names, "books", [0, 3]
        yield "tags", pa.array(names, kind(pa.dictionary(pa.int8(), pa.string()))), names, "books", [0, 3]
    pair = [["toys", "books"], ["toys", "toys"]]
    yield "tags", pa.array(pair, pa.list_(pa.string(), 2)), pair, "books", [0]
    rates = [{"rate": 6}, {"rate": None}, None, {"rate": 5}]
    yield "tax", pa.array(rates), rates, "taxed", [0]
    entries = [[("rate", 6), ("unknown", None)], [("rate", None)], None, [("rate", 5)]]
    yield "tax", pa.array(entries, pa.map_(pa.string(), pa.int64())), rates, "taxed", [0]
    ends = pa.array([2, 3], pa.int32())
    yield "title", pa.RunEndEncodedArray.from_arrays(ends, pa.array(["ICO", None])), ["ICO", "ICO", None], "named", [0, 1]
    kinds, texts, numbers = pa.array([0, 1, 0], pa.int8()), pa.array(["ICO", "", "x"]), pa.array([0, 1, 0])
    yield "fit", pa.UnionArray.from_sparse(kinds, [pa.array([True] * 3), numbers]).slice(0, 1), [True], "fit", [0]
    dense = pa.UnionArray.from_dense(kinds, pa.array([0, 0, 2], pa.int32()), [texts, pa.array(["books"])])
    yield "title", dense, ["ICO", "books", "x"], "named", [0]
    yield "title", pa.nulls(2), [None, None], "named", []


def test_every_type_of_column(types):
    seen = set()
    for field, column, values, rule, fires in a_column_of_every_type():
        sliced = pa.concat_arrays([column.slice(0, 1), column]).slice(1) if column.type != pa.null() else column
        for one in (column, sliced):
            found = rows(types.decide_arrow(pa.table({field: one}), at=AT))
            for row, value in zip(found, values):
                item = {} if value is None else {field: value}
                assert said(row) == types.decide_json(item, at=AT), column.type
            fired = [row["row"] for row in found if f"types/{rule}" in row["rules"]]
            assert fired == fires, column.type
        seen.add(column.type)
    assert len(seen) > 35


def test_what_json_has_no_word_for(types):
    hour, stamp = datetime.timedelta(hours=1), datetime.datetime(2018, 4, 18)
    strange = {
        "duration": pa.array([hour]),
        "binary": pa.array([b"ICO"]),
        "time": pa.array([datetime.time(1)]),
        "nothing": pa.array([float("nan")]),
        "local": pa.array([stamp]),
    }
    # In a field that nobody asks for it does no harm.
    (row,) = rows(types.decide_arrow(pa.table(strange), at=AT))
    assert row["error"] is None and json.loads(row["decision"])["ignored_fields"] == 5
    for field, column, found in [
        ("title", strange["binary"], "something that JSON has no word for"),
        ("made", strange["duration"], "something that JSON has no word for"),
        ("weight", strange["nothing"], "something that JSON has no word for"),
        ("made", strange["local"], "`2018-04-18T00:00:00`"),
        ("title", pa.array([["x"]]), "a list"),
        ("tags", pa.array([["x", None]]), "a list with null in it"),
        ("title", pa.array([{"x": 1}]), "an object"),
    ]:
        (row,) = rows(types.decide_arrow(pa.table({field: column}), at=AT))
        assert row["error"].startswith(f"field `{field}` takes ") and row["error"].endswith(f"here it is {found}")


def test_rows_bring_their_instants(rules):
    moments = [NOON, LATER.replace(year=2010)]
    table = pa.table({"at": moments, "title": [TITLE] * 2, "platform": ["taobao"] * 2})
    found = rows(rules.decide_arrow(table, at=AT))
    assert [row["verdict"] for row in found] == ["ban", "allow"]
    instants = [json.loads(row["decision"])["at"] for row in found]
    assert instants == ["2018-04-17T12:00:00+08:00", "2010-04-17T12:00:01.5+08:00"]
    (row,) = rows(rules.decide_arrow(pa.table({"title": ["x"], "at": [datetime.datetime(2018, 4, 18)]})))
    assert row["error"].startswith("at: `2018-04-18T00:00:00` is not an instant")


def test_the_example_of_the_page(rules, tmp_path):
    page = (ROOT / "docs" / "embedding.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(import polars.*?)```", page, re.S)
    polars.DataFrame({"title": [TITLE, "books"], "platform": ["taobao"] * 2}).write_parquet(tmp_path / "items.parquet")
    command = [sys.executable, "-c", f"import interdict\nmatcher = interdict.Matcher.open({rules._path!r})\n{example}"]
    out = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert out == "0 ['taobao-prohibited-items/T2', 'taobao-prohibited-items/T6']\n"
