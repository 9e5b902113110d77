export { InterdictError } from "./index.js";

/** A place in a text: line and column from 1, a column being a character, and the byte of its UTF-8 from 0. */
export interface Point {
  line: number;
  column: number;
  offset: number;
}

/** A stretch of a policy. */
export interface Place {
  file: string;
  start: Point;
  /** Behind the last character. */
  end: Point;
}

/** What the compiler found. Without a place of its own, it has no `file`, `start` and `end`. */
export interface Diagnostic extends Partial<Place> {
  /** Its kind, such as `unexpected-text`; the page on diagnostics has a section for each. */
  code: string;
  severity: "error" | "warning";
  message: string;
  /** What to say under the underline. */
  label: string | null;
  /** Other places that matter, and why. */
  related: (Place & { message: string })[];
  /** How to mend it. */
  help: string | null;
}

/** What came of compiling. */
export interface Compilation {
  /** The artifact, for `Interdict.matcher`; `undefined` if an error was found. */
  artifact: Uint8Array | undefined;
  /** Every error and warning, in the order of the files. */
  diagnostics: Diagnostic[];
  /** All of them as a terminal shows them, without colours; empty if there are none. */
  text: string;
}

/** Texts by the names of their files. */
export type Files = { readonly [name: string]: string };

/** The compiler, loaded. */
export interface Compiler {
  /** Compiles a policy set, and tries its examples. `lists` are what policies name with `from "…"`. The same
   * texts give the same bytes on every machine. Long: call it in a worker. */
  compile(policies: Files, options?: { lists?: Files }): Promise<Compilation>;
}

/** Loads the module: `compiler.wasm` beside this file, or what the caller has at hand. */
export function load(
  source?: URL | Response | BufferSource | WebAssembly.Module,
): Promise<Compiler>;
