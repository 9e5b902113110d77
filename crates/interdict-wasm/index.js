// Decides items by a compiled Interdict policy, in Node and in browsers. The module is the C ABI of
// `crates/interdict-c`, compiled to WebAssembly; this file calls it. `index.d.ts` says what everything is for.

import { InterdictError, bytesOf, cString, check, encoder, instantiated, pointer, taken, using } from "./module.js";

export { InterdictError };

const VERDICTS = ["allow", "require", "restrict", "review", "ban"];
const [NEW_LINE, SPACE] = [10, 32];

/** Loads the module: its own file, or what the caller has fetched or compiled. */
export async function load(source) {
  const instance = await instantiated(source ?? new URL("./interdict.wasm", import.meta.url));
  return new Interdict(instance.exports);
}

class Interdict {
  #wasm;

  constructor(wasm) {
    this.#wasm = wasm;
  }

  get version() {
    return cString(this.#wasm, this.#wasm.interdict_version());
  }

  matcher(artifact, options = {}) {
    return new Matcher(this.#wasm, bytesOf(artifact), options);
  }
}

/** Gives memory back when nobody holds the matcher any more. */
const forgotten = new FinalizationRegistry(({ wasm, matcher, scratch }) => {
  wasm.interdict_scratch_free(scratch);
  wasm.interdict_matcher_free(matcher);
});

class Matcher {
  #wasm;
  #matcher;
  #scratch;
  #signed;

  constructor(wasm, artifact, options) {
    this.#wasm = wasm;
    const signed = signedBy(options);
    this.#signed = signed !== undefined;
    this.#matcher = signed ? openSigned(wasm, artifact, signed) : open(wasm, artifact, options);
    this.#scratch = using(wasm, [], (_, slot, reason) => {
      check(wasm, wasm.interdict_scratch_new(slot), reason);
      return pointer(wasm, slot);
    });
    forgotten.register(this, { wasm, matcher: this.#matcher, scratch: this.#scratch }, this);
  }

  get contentId() {
    return cString(this.#wasm, this.#wasm.interdict_content_id(this.#held()));
  }

  get releaseVersion() {
    const version = this.#wasm.interdict_release_version(this.#held());
    return this.#signed ? BigInt.asUintN(64, version) : undefined;
  }

  decide(item, instants) {
    return JSON.parse(this.decideJson(item, instants));
  }

  decideJson(item, instants) {
    return this.#ask("interdict_decide", requestOf(item), instants, true);
  }

  decideBatch(items, instants) {
    const parts = Array.from(items, requestOf);
    const lines = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 1, 0)).fill(NEW_LINE);
    let at = 0;
    for (const part of parts) {
      // Line breaks stand only between the words of JSON, where a space is as good.
      lines.set(part.map((byte) => (byte === NEW_LINE ? SPACE : byte)), at);
      at += part.length + 1;
    }
    const answers = this.#ask("interdict_decide_batch", lines, instants, true);
    return answers.split("\n").slice(0, -1).map((line) => JSON.parse(line));
  }

  explain(item, instants) {
    return JSON.parse(this.#ask("interdict_explain", requestOf(item), instants, false));
  }

  verdict(item, { at, knownAt } = {}) {
    const wasm = this.#wasm;
    const given = [requestOf(item), instantOf(at), instantOf(knownAt)];
    const handles = [this.#held(), this.#scratch];
    return using(wasm, given, ([json, at, known], slot, reason) => {
      const asked = [json.at, json.length, at.at, known.at];
      const status = wasm.interdict_verdict(...handles, ...asked, slot, reason);
      check(wasm, status, reason);
      return VERDICTS[pointer(wasm, slot)];
    });
  }

  /** Gives its memory back at once. */
  free() {
    if (this.#matcher) {
      forgotten.unregister(this);
      this.#wasm.interdict_scratch_free(this.#scratch);
      this.#wasm.interdict_matcher_free(this.#matcher);
      this.#matcher = 0;
    }
  }

  #held() {
    if (!this.#matcher) {
      throw new InterdictError("bad handle", "this matcher was freed");
    }
    return this.#matcher;
  }

  #ask(call, request, { at, knownAt } = {}, warm) {
    const wasm = this.#wasm;
    const given = [request, instantOf(at), instantOf(knownAt)];
    const handles = warm ? [this.#held(), this.#scratch] : [this.#held()];
    return using(wasm, given, ([json, at, known], slot) => {
      check(wasm, wasm[call](...handles, json.at, json.length, at.at, known.at, slot), slot);
      return taken(wasm, slot);
    });
  }
}

// ------------------------------------------------------------------------------------------ loading

function open(wasm, artifact, { contentId }) {
  const wanted = contentId === undefined ? undefined : encoder.encode(contentId);
  return using(wasm, [artifact, wanted], ([bytes, wanted], slot, reason) => {
    check(wasm, wasm.interdict_from_bytes(bytes.at, bytes.length, wanted.at, slot, reason), reason);
    return pointer(wasm, slot);
  });
}

function openSigned(wasm, artifact, { signature, publicKey, leastVersion }) {
  return using(wasm, [artifact, signature, publicKey], ([bytes, signed, key], slot, reason) => {
    const given = [bytes.at, bytes.length, signed.at, signed.length, key.at, leastVersion];
    check(wasm, wasm.interdict_from_signed_bytes(...given, slot, reason), reason);
    return pointer(wasm, slot);
  });
}

/** Whose signature is asked for; nobody's where the options name no key. A key that is named and missing, as
 * an unset variable of the environment, must not mean that nobody signs. */
function signedBy(options) {
  const { contentId, signature, publicKey, leastVersion = 0 } = options;
  if (!("publicKey" in options)) {
    if (signature !== undefined || leastVersion !== 0) {
      throw new TypeError("signature and leastVersion need publicKey: nothing else says whose they are");
    }
    return undefined;
  }
  if (typeof publicKey !== "string") {
    throw new TypeError(`a public key is a text, not ${publicKey === null ? "null" : typeof publicKey}`);
  }
  if (contentId !== undefined) {
    throw new TypeError("give contentId or publicKey: each says which artifact is wanted");
  }
  const least = BigInt(leastVersion);
  if (BigInt.asUintN(64, least) !== least) {
    throw new RangeError(`${least} is no version number`);
  }
  const text = typeof signature === "string" ? encoder.encode(signature) : signature;
  return { signature: text && bytesOf(text), publicKey: encoder.encode(publicKey), leastVersion: least };
}

// ------------------------------------------------------------------------------- what JavaScript has

function requestOf(item) {
  if (typeof item === "string") {
    return encoder.encode(item);
  }
  return item instanceof Uint8Array ? item : encoder.encode(JSON.stringify(item));
}

function instantOf(at) {
  if (at === undefined || at === null) {
    return undefined;
  }
  if (at instanceof Date) {
    return encoder.encode(at.toISOString());
  }
  if (typeof at === "string") {
    return encoder.encode(at);
  }
  throw new TypeError(`an instant is a text or a Date, not a ${typeof at}`);
}
