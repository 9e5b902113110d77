// Compiles under `tsc --strict`, where the types say what the tests do.
import { InterdictError, load, type Decision, type Verdict } from "interdict";

const interdict = await load();
const matcher = interdict.matcher(new Uint8Array(), { contentId: "00" });
const decision: Decision = matcher.decide({ title: "x" }, { at: new Date(0), knownAt: "…" });
const verdict: Verdict = decision.verdict;
const ids: string[] = decision.rules.map((rule) => rule.id);
const batch = matcher.decideBatch(["{}", { price: { amount: 1 } }, new Uint8Array()]);
const reasons: string[] = batch.flatMap((one) => ("error" in one ? [one.error] : []));
try {
  matcher.free();
} catch (error) {
  if (error instanceof InterdictError) console.log(error.status, verdict, ids, reasons);
}
const signature = new Uint8Array();
const signed = interdict.matcher(new Uint8Array(), { publicKey: "…", signature, leastVersion: 17n });
const next: bigint | undefined = signed.releaseVersion;
console.log(next);
declare const variable: string | undefined;
// @ts-expect-error an unset variable is no key
interdict.matcher(new Uint8Array(), { publicKey: variable, signature });
// @ts-expect-error a number could be seconds or milliseconds
matcher.verdict({}, { at: 0 });

import { load as loadCompiler, type Diagnostic } from "interdict/compiler";

const compiler = await loadCompiler(new URL("https://example.org/compiler.wasm"));
const { artifact, diagnostics, text } = await compiler.compile({ "a.policy": "…" }, { lists: { "a.txt": "…" } });
const lines: number[] = diagnostics.flatMap((one: Diagnostic) => (one.start ? [one.start.line] : []));
if (artifact) console.log(interdict.matcher(artifact).contentId, text, lines);
// @ts-expect-error there is none where an error was found
interdict.matcher(artifact);
