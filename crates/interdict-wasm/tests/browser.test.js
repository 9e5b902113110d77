// A browser gives the answers of `tests/conformance`, and compiles, byte for byte: Chromium, without a window, loads the
// package from a server of this test and reports to it. Skipped where there is no Chromium.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const { INTERDICT_MATCHERS, INTERDICT_CONFORMANCE } = process.env;
const CHROMIUM = process.env.CHROMIUM ?? "chromium";
const missing = spawnSync(CHROMIUM, ["--version"]).status !== 0 && "there is no Chromium";
const PATIENCE = 120_000;

const PACKAGE = fileURLToPath(new URL(".", import.meta.resolve("interdict")));
const files = readdirSync(INTERDICT_CONFORMANCE, { recursive: true }).map(String);
const sets = files.filter((file) => file.endsWith(".jsonl")).map((file) => file.slice(0, -6));

/** What the page runs; it reports what is not as it should be, and how much it has asked and compiled. */
async function inThePage() {
  const { load } = await import("/package/index.js");
  const interdict = await load();
  const problems = [];
  let asked = 0;
  for (const name of await (await fetch("/sets")).json()) {
    const artifact = await (await fetch(`/matchers/${name}.matcher`)).arrayBuffer();
    const matcher = interdict.matcher(artifact);
    const lines = (await (await fetch(`/corpus/${name}.jsonl`)).text()).split("\n");
    for (let at = 0; at + 1 < lines.length; at += 2) {
      let answer;
      try {
        answer = matcher.decideJson(lines[at]);
      } catch (error) {
        answer = JSON.stringify({ error: error.message });
      }
      asked += 1;
      if (answer.replace(`"matcher":"${matcher.contentId}"`, '"matcher":""') !== lines[at + 1]) {
        problems.push(`${name}: ${lines[at]}: ${answer}`);
      }
    }
    matcher.free();
  }
  const compiler = await (await import("/package/compiler.js")).load();
  let compiled = 0;
  for (const { name, policies, lists, compiles, text } of await (await fetch("/matchers/compiled/trials.json")).json()) {
    const found = await compiler.compile(policies, { lists });
    compiled += 1;
    if (found.text !== text || (found.artifact !== undefined) !== compiles) {
      problems.push(`${name}: ${found.text}`);
    } else if (compiles) {
      const wanted = new Uint8Array(await (await fetch(`/matchers/compiled/${name}.matcher`)).arrayBuffer());
      if (found.artifact.length !== wanted.length || found.artifact.some((byte, at) => byte !== wanted[at])) {
        problems.push(`${name}: other bytes`);
      }
    }
  }
  return { asked, compiled, problems };
}

const PAGE = `<!doctype html><meta charset="utf-8"><script type="module">
  const report = await (${inThePage})().catch((error) => ({ problems: [String(error.stack)] }));
  await fetch("/report", { method: "POST", body: JSON.stringify(report) });
</script>`;

const TYPES = { js: "text/javascript", wasm: "application/wasm" };
const FOLDERS = { package: PACKAGE, matchers: INTERDICT_MATCHERS, corpus: INTERDICT_CONFORMANCE };

function serve(reported) {
  return createServer((request, response) => {
    const [, folder, ...rest] = new URL(request.url, "http://localhost").pathname.split("/");
    if (folder === "report") {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => reported(JSON.parse(Buffer.concat(parts).toString())));
      response.end();
    } else if (folder === "") {
      response.setHeader("content-type", "text/html").end(PAGE);
    } else if (folder === "sets") {
      response.end(JSON.stringify(sets));
    } else if (FOLDERS[folder] && !rest.includes("..")) {
      const name = rest.join("/");
      response.setHeader("content-type", TYPES[name.split(".").pop()] ?? "application/octet-stream");
      response.end(readFileSync(join(FOLDERS[folder], name)));
    } else {
      response.writeHead(404).end();
    }
  });
}

test("a browser answers and compiles as Rust does", { skip: missing, timeout: PATIENCE }, async () => {
  let reported;
  const report = new Promise((resolve) => (reported = resolve));
  const server = serve(reported);
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const profile = mkdtempSync(join(tmpdir(), "interdict-chromium-"));
  const options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"];
  const url = `http://127.0.0.1:${server.address().port}/`;
  const browser = spawn(CHROMIUM, [...options, `--user-data-dir=${profile}`, url], { stdio: "ignore" });
  const ended = new Promise((resolve) => browser.on("exit", resolve));
  try {
    const late = new Promise((_, reject) => {
      ended.then((code) => reject(new Error(`Chromium ended with ${code} before it reported`)));
      setTimeout(() => reject(new Error("Chromium does not report")), PATIENCE / 2).unref();
    });
    const { asked, compiled, problems } = await Promise.race([report, late]);
    assert.deepEqual(problems, []);
    const lines = (name) => readFileSync(join(INTERDICT_CONFORMANCE, `${name}.jsonl`), "utf8").split("\n");
    const all = sets.reduce((sum, name) => sum + (lines(name).length - 1) / 2, 0);
    assert.equal(asked, all);
    assert.equal(compiled, JSON.parse(readFileSync(join(INTERDICT_MATCHERS, "compiled/trials.json"), "utf8")).length);
  } finally {
    browser.kill();
    await ended;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
