// Compiles Interdict policies, in Node and in browsers, by a module of its own. `compiler.d.ts` says what
// everything is for.

import { InterdictError, check, compiled, encoder, instantiated, pointer, taken, takenBytes, using } from "./module.js";

export { InterdictError };

/** Loads the module: its own file, or what the caller has fetched or compiled. */
export async function load(source) {
  return new Compiler(await compiled(source ?? new URL("./compiler.wasm", import.meta.url)));
}

class Compiler {
  #module;

  constructor(module) {
    this.#module = module;
  }

  async compile(policies, { lists = {} } = {}) {
    const request = encoder.encode(JSON.stringify({ policies, lists }));
    // In an instance of its own, which gives all memory back, and is gone with whatever broke it.
    const { exports: wasm } = await instantiated(this.#module);
    try {
      return using(wasm, [request], ([json], slot, report) => {
        check(wasm, wasm.interdict_compile(json.at, json.length, slot, report), report);
        const artifact = pointer(wasm, slot) ? takenBytes(wasm, slot) : undefined;
        return { artifact, ...JSON.parse(taken(wasm, report)) };
      });
    } catch (error) {
      throw error instanceof InterdictError ? error : new InterdictError("internal", `${error}`);
    }
  }
}
