// The compiler in JavaScript makes of every case what it makes of it in Rust: the same bytes, the same words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "interdict";
import { InterdictError, load as loadCompiler } from "interdict/compiler";

const FOLDER = `${process.env.INTERDICT_MATCHERS}/compiled`;
const trials = JSON.parse(readFileSync(`${FOLDER}/trials.json`, "utf8"));
const compiler = await loadCompiler();

test("there are trials of both kinds", () => {
  for (const compiles of [true, false]) {
    assert.ok(trials.filter((trial) => trial.compiles === compiles).length > 20);
  }
});

test("every case comes to the same as in Rust", async () => {
  for (const { name, policies, lists, compiles, diagnostics, text } of trials) {
    const found = await compiler.compile(policies, { lists });
    assert.equal(found.text, text, name);
    assert.deepEqual(found.diagnostics, diagnostics, name);
    assert.equal(found.artifact !== undefined, compiles, name);
    if (compiles) {
      assert.ok(readFileSync(`${FOLDER}/${name}.matcher`).equals(found.artifact), name);
    }
  }
});

test("what it compiles decides", async () => {
  const policy = "term ICO\n\nban anything effective 2018-04-17\n  where mentions ICO\n  example ban \"I.C.O\"\n";
  const { artifact, diagnostics, text } = await compiler.compile({ "demo.policy": policy });
  assert.deepEqual([diagnostics, text], [[], ""]);
  const matcher = (await load()).matcher(artifact);
  assert.equal(matcher.verdict({ title: "ICO" }, { at: "2018-04-17T00:00:00Z" }), "ban");
});

test("a diagnostic says where and how to mend it", async () => {
  const { artifact, diagnostics, text } = await compiler.compile({ "b.policy": "ban everyting", "a.policy": "" });
  assert.equal(artifact, undefined);
  assert.equal(diagnostics[0].file, "b.policy");
  assert.deepEqual(diagnostics[0].start, { line: 1, column: 5, offset: 4 });
  assert.match(text, /^error\[[a-z-]+\]: .*\n +--> b\.policy:1:5\n/);
});

test("what is no policy set is refused", async () => {
  for (const policies of [{ "a.policy": 1 }, { "a.policy": "\ud800" }, "text", null]) {
    const refused = (error) => error instanceof InterdictError && error.status === "bad request";
    await assert.rejects(compiler.compile(policies), refused);
  }
});

test("nesting without end is told, and leaves the compiler whole", async () => {
  const deep = (depth) => `ban anything effective 2018-04-17\n  where ${"(".repeat(depth)}fit${")".repeat(depth)}\n`;
  for (const depth of [50, 300, 3_000, 100_000]) {
    const { artifact, text } = await compiler.compile({ "deep.policy": deep(depth) });
    assert.equal(artifact, undefined);
    assert.match(text, /^error\[/, `${depth}`);
  }
});

test("memory is given back", async () => {
  const { policies } = trials.find((trial) => trial.name === "rules");
  await compiler.compile(policies);
  const once = process.memoryUsage().external;
  for (let round = 0; round < 40; round++) await compiler.compile(policies);
  const grown = process.memoryUsage().external - once;
  assert.ok(grown < 20 * once, `${once} bytes, and ${grown} more`);
});
