// What is trusted and what is refused: the trials that every face is held to, and what JavaScript alone has.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { InterdictError, load } from "interdict";

const FOLDER = `${process.env.INTERDICT_MATCHERS}/signed`;
const interdict = await load();

const artifact = (name) => readFileSync(`${FOLDER}/${name}.matcher`);
const signature = (name) => {
  const path = `${FOLDER}/${name}.matcher.minisig`;
  return existsSync(path) ? readFileSync(path) : undefined;
};
const publicKey = readFileSync(`${FOLDER}/signed.pub`, "utf8");

const trials = JSON.parse(readFileSync(`${FOLDER}/trials.json`, "utf8"));
assert.ok(["ok", "unsigned", "untrusted", "older", "bad key"].every((word) => trials.some((one) => one.status === word)));

function cameTo(trial, signature) {
  const wanted = { publicKey: trial.public_key, signature, leastVersion: BigInt(trial.least_version) };
  try {
    const matcher = interdict.matcher(artifact(trial.name), wanted);
    const version = String(matcher.releaseVersion);
    matcher.free();
    return ["ok", version];
  } catch (error) {
    assert.ok(error instanceof InterdictError, error);
    return [error.status, error.message];
  }
}

for (const trial of trials) {
  test(`trial ${trial.name}`, () => {
    const beside = signature(trial.name);
    for (const form of [beside, beside?.toString(), beside && new Uint8Array(beside).buffer]) {
      const [status, says] = cameTo(trial, form);
      assert.equal(status, trial.status, says);
      assert.ok(status === "ok" ? says === trial.says : says.includes(trial.says), says);
    }
  });
}

test("a key that is missing is no leave", () => {
  const [bytes, beside] = [artifact("signed"), signature("signed")];
  for (const nothing of [undefined, null, 17]) {
    assert.throws(() => interdict.matcher(bytes, { publicKey: nothing, signature: beside }), TypeError);
  }
  assert.throws(() => interdict.matcher(bytes, { publicKey: "", signature: beside }), { status: "bad key" });
  assert.throws(() => interdict.matcher(bytes, { signature: beside }), TypeError);
  assert.throws(() => interdict.matcher(bytes, { leastVersion: 1 }), TypeError);
  assert.throws(() => interdict.matcher(bytes, { publicKey, signature: beside, contentId: "00" }), TypeError);
  assert.throws(() => interdict.matcher(bytes, { publicKey }), { status: "unsigned" });
});

test("a version is any whole number of 64 bits", () => {
  const [bytes, beside] = [artifact("signed"), signature("signed")];
  const given = (leastVersion) => () => interdict.matcher(bytes, { publicKey, signature: beside, leastVersion });
  assert.equal(given(17)().releaseVersion, 17n);
  assert.throws(given(2n ** 64n - 1n), { status: "older" });
  for (const none of [-1, 0.5, 2n ** 64n]) {
    assert.throws(given(none), RangeError);
  }
  assert.equal(interdict.matcher(bytes).releaseVersion, undefined);
});

test("what was refused leaves no memory behind", () => {
  const [bytes, wanted] = [artifact("stranger"), { publicKey, signature: signature("stranger") }];
  const refuse = () => assert.throws(() => interdict.matcher(bytes, wanted), { status: "untrusted" });
  refuse();
  const before = process.memoryUsage().external;
  for (let round = 0; round < 300; round++) refuse();
  const grown = process.memoryUsage().external - before;
  assert.ok(grown < 16 << 20, `${grown} bytes more`);
});
