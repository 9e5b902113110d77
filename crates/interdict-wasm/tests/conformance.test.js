// JavaScript gives the answers of `tests/conformance`, byte for byte, and has a surface of its own.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { InterdictError, load } from "interdict";

const { INTERDICT_MATCHERS, INTERDICT_CONFORMANCE } = process.env;
const interdict = await load();

const artifact = (name) => readFileSync(`${INTERDICT_MATCHERS}/${name}.matcher`);
const rules = interdict.matcher(artifact("rules"));
const AT = "2018-04-20T18:05:00+08:00";
const ITEM = { platform: "taobao", title: "I.C.O 项目 白 皮 书 代笔" };

const files = readdirSync(INTERDICT_CONFORMANCE, { recursive: true }).map(String);
const sets = files.filter((file) => file.endsWith(".jsonl")).map((file) => file.slice(0, -6));
assert.ok(sets.includes("refused") && sets.length > 50);

for (const name of sets.sort()) {
  test(`set ${name}`, () => {
    const bytes = artifact(name);
    const matcher = interdict.matcher(bytes);
    assert.equal(matcher.contentId, bytes.subarray(16, 48).toString("hex"));
    const lines = readFileSync(`${INTERDICT_CONFORMANCE}/${name}.jsonl`, "utf8").split("\n");
    assert.equal(lines.pop(), "");
    const asks = lines.filter((_, place) => place % 2 === 0);
    const wanted = lines.filter((_, place) => place % 2 === 1);
    asks.forEach((ask, place) => {
      let answer;
      try {
        answer = matcher.decideJson(ask);
        assert.equal(matcher.verdict(ask), JSON.parse(answer).verdict);
      } catch (error) {
        assert.ok(error instanceof InterdictError, error);
        answer = JSON.stringify({ error: error.message });
      }
      const kept = answer.replace(`"matcher":"${matcher.contentId}"`, '"matcher":""');
      assert.equal(kept, wanted[place], ask);
    });
    const batch = matcher.decideBatch(asks).map((one) => (one.error ? one : { ...one, matcher: "" }));
    assert.deepEqual(batch, wanted.map((line) => JSON.parse(line)));
    matcher.free();
  });
}

test("an item is an object or JSON", () => {
  const decision = rules.decide(ITEM, { at: AT });
  assert.equal(decision.verdict, "ban");
  const json = JSON.stringify(ITEM, null, 2);
  assert.deepEqual(rules.decide(json, { at: AT }), decision);
  assert.deepEqual(rules.decide(new TextEncoder().encode(json), { at: AT }), decision);
  assert.deepEqual(rules.decideBatch([json, ITEM], { at: AT }), [decision, decision]);
  assert.deepEqual(rules.decideBatch([]), []);
  assert.equal(rules.explain(ITEM, { at: AT }).verdict, "ban");
});

test("an instant is text or a Date", () => {
  assert.equal(rules.verdict(ITEM, { at: new Date(AT) }), "ban");
  assert.equal(rules.verdict(ITEM, { at: AT, knownAt: "2000-01-01T00:00:00Z" }), "allow");
  assert.throws(() => rules.verdict(ITEM), { status: "bad request", message: /no instant/ });
  assert.throws(() => rules.verdict(ITEM, { at: "today" }), { message: /^at: `today` is not/ });
  assert.throws(() => rules.verdict(ITEM, { at: 1 }), TypeError);
});

test("what is no artifact is refused", () => {
  assert.throws(() => interdict.matcher(new Uint8Array(8)), { status: "not loaded" });
  const other = { contentId: "0".repeat(64) };
  assert.throws(() => interdict.matcher(artifact("rules"), other), { status: "other content" });
  const freed = interdict.matcher(artifact("rules"));
  freed.free();
  freed.free();
  assert.throws(() => freed.decide(ITEM, { at: AT }), { status: "bad handle" });
});

test("memory is given back", () => {
  const once = () => rules.decideBatch(Array(50).fill(ITEM), { at: AT });
  once();
  const { memory } = rules;
  assert.equal(memory, undefined, "the module's memory is nobody's business");
  const before = process.memoryUsage().external;
  for (let round = 0; round < 200; round++) {
    once();
    interdict.matcher(artifact("refused")).free();
  }
  const grown = process.memoryUsage().external - before;
  assert.ok(grown < 32 << 20, `${grown} bytes more`);
});
