/** An item: its fields, or JSON. It may bring its instant: `{"at": …, "item": {…}}`. */
export type Item = { readonly [field: string]: unknown } | string | Uint8Array;

/** RFC 3339 with its offset, or a `Date`. */
export type Instant = string | Date;

/** The instants of items that bring none; one that an item brings wins. Nothing looks at a clock. */
export interface Instants {
  /** The instant to judge by. */
  at?: Instant;
  /** By when something must have been published to be known. */
  knownAt?: Instant;
}

export type Verdict = "allow" | "require" | "restrict" | "review" | "ban";

/** What holds for an item; the page on the language says what stands in it. */
export interface Decision {
  verdict: Verdict;
  at: string;
  known_at?: string;
  rules: Rule[];
  lifted?: unknown[];
  possible?: unknown[];
  upcoming?: unknown[];
  needs?: string[];
  ignored_fields?: number;
  /** The content id of the artifact that decided. */
  matcher: string;
}

/** A rule that fired. */
export interface Rule {
  id: string;
  verdict: Verdict;
  [more: string]: unknown;
}

/** Why each rule holds for an item, or why not. */
export interface Account {
  verdict: Verdict;
  at: string;
  rules: Rule[];
  matcher: string;
  [more: string]: unknown;
}

/** Why a call did not work. */
export class InterdictError extends Error {
  /** In the words of the C ABI: `not loaded`, `other content`, `unsigned`, `untrusted`, `older`, `bad key`,
   * `bad request`, … */
  readonly status: string;
}

/** Which artifacts are loaded; without any of it, all that are sound. */
export type Wanted =
  | {
      /** The content id: another content is refused. */
      contentId?: string;
    }
  | {
      /** The text of a public key's file of minisign, or of several: what none of them signed is refused. */
      publicKey: string;
      /** What stands in `X.matcher.minisig`. */
      signature: string | Uint8Array | ArrayBuffer | undefined;
      /** The least version that is accepted. */
      leastVersion?: bigint | number;
    };

/** A compiled policy set, loaded. */
export interface Matcher {
  /** The hash that names the artifact's content, in hexadecimal. */
  readonly contentId: string;
  /** The version that the signature names, the `leastVersion` of the next artifact; `undefined` if no
   * signature was asked for, and 0 if it names none. */
  readonly releaseVersion: bigint | undefined;
  /** Decides an item. */
  decide(item: Item, instants?: Instants): Decision;
  /** Decides, and gives the JSON that every face gives, byte for byte. */
  decideJson(item: Item, instants?: Instants): string;
  /** Decides items, in their order; one that cannot be read gives its reason. */
  decideBatch(items: Iterable<Item>, instants?: Instants): (Decision | { error: string })[];
  /** The verdict alone, which is cheaper. */
  verdict(item: Item, instants?: Instants): Verdict;
  /** Says of every rule why it holds for an item, or why not. */
  explain(item: Item, instants?: Instants): Account;
  /** Gives its memory back at once, instead of when nobody holds it any more. */
  free(): void;
}

/** The module, loaded. */
export interface Interdict {
  readonly version: string;
  /** Loads an artifact, which is copied. */
  matcher(artifact: Uint8Array | ArrayBuffer, wanted?: Wanted): Matcher;
}

/** Loads the module: `interdict.wasm` beside this file, or what the caller has at hand. */
export function load(
  source?: URL | Response | BufferSource | WebAssembly.Module,
): Promise<Interdict>;
