// A WebAssembly module of the C ABI, and its memory: bytes go into it, and answers come out.

const POINTER = 4;

/** Why a call did not work. `status` is the C ABI's word for it. */
export class InterdictError extends Error {
  constructor(status, reason) {
    super(reason);
    this.name = "InterdictError";
    this.status = status;
  }
}

/** Instantiates a module from a URL, a `Response`, bytes, or the module itself. */
export async function instantiated(source) {
  return WebAssembly.instantiate(await compiled(source));
}

/** Compiles what `instantiated` takes. */
export async function compiled(source) {
  if (source instanceof WebAssembly.Module) {
    return source;
  }
  if (source instanceof URL) {
    return WebAssembly.compile(await read(source));
  }
  if (typeof Response === "function" && source instanceof Response) {
    return WebAssembly.compile(await source.arrayBuffer());
  }
  return WebAssembly.compile(source);
}

async function read(url) {
  if (url.protocol === "file:") {
    const { readFile } = await import("node:fs/promises");
    return readFile(url);
  }
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url}: ${response.status} ${response.statusText}`);
  }
  return response.arrayBuffer();
}

export const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export function pointer(wasm, slot) {
  return new DataView(wasm.memory.buffer).getUint32(slot, true);
}

export function cString(wasm, at) {
  const memory = new Uint8Array(wasm.memory.buffer, at);
  return decoder.decode(memory.subarray(0, memory.indexOf(0)));
}

/** The bytes of the text whose handle stands in a slot, which is freed. */
export function takenBytes(wasm, slot) {
  const text = pointer(wasm, slot);
  const [at, length] = [wasm.interdict_text_data(text), wasm.interdict_text_len(text)];
  const copy = new Uint8Array(wasm.memory.buffer, at, length).slice();
  wasm.interdict_text_free(text);
  return copy;
}

/** The text whose handle stands in a slot, which is freed. */
export function taken(wasm, slot) {
  return decoder.decode(takenBytes(wasm, slot));
}

export function check(wasm, status, slot) {
  if (status !== 0) {
    throw new InterdictError(cString(wasm, wasm.interdict_status_name(status)), taken(wasm, slot));
  }
}

/** Bytes in the module's memory with a NUL behind them, until `text` is freed; nothing is NULL. */
function room(wasm, bytes) {
  if (bytes === undefined) {
    return { text: 0, at: 0, length: 0 };
  }
  const text = wasm.interdict_room(bytes.length);
  const at = wasm.interdict_text_data(text);
  new Uint8Array(wasm.memory.buffer, at, bytes.length).set(bytes);
  return { text, at, length: bytes.length };
}

/** Lends bytes, and two words for what comes back, to a piece of work. */
export function using(wasm, given, work) {
  const rooms = [new Uint8Array(2 * POINTER), ...given].map((bytes) => room(wasm, bytes));
  try {
    const [slots, ...rest] = rooms;
    return work(rest, slots.at, slots.at + POINTER);
  } finally {
    rooms.forEach(({ text }) => wasm.interdict_text_free(text));
  }
}

export function bytesOf(data) {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
