const fileMark = '\u0000file';

/** Keys in the data that could be taken for the mark. Packing puts one more NUL before them, unpacking removes it. */
const markLikeKey = /^\0+file$/;
const renamedKey = /^\0\0+file$/;

/** Renames the matching keys of an object. */
function rename(one: object, which: RegExp, to: (key: string) => string): object {
  const keys = Object.keys(one);
  if (Array.isArray(one) || !keys.some((key) => which.test(key))) return one;
  return Object.fromEntries(Object.entries(one).map(([key, part]) => [which.test(key) ? to(key) : key, part]));
}

interface Packed {
  text: string;
  files: readonly { type: string; bytes: Uint8Array<ArrayBuffer> }[];
}

/** Splits a value into a JSON text and the bytes of its files. JSON alone would lose the files that wait for upload. */
async function split(value: unknown): Promise<Packed> {
  const files: Blob[] = [];
  const text = JSON.stringify(value, (_key, one: unknown) => {
    if (one instanceof Blob) return { [fileMark]: files.push(one) - 1 };
    return typeof one === 'object' && one !== null ? rename(one, markLikeKey, (key) => `\0${key}`) : one;
  });
  const read = files.map(async (file) => ({ type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) }));
  return { text, files: await Promise.all(read) };
}

/** Packs a value into bytes: the length of the head (4 bytes), the head as JSON, then the files. */
export async function pack(value: unknown): Promise<Uint8Array<ArrayBuffer>> {
  const { text, files } = await split(value);
  const sizes = files.map(({ type, bytes }) => ({ type, size: bytes.length }));
  const head = new TextEncoder().encode(JSON.stringify({ text, sizes }));
  const length = files.reduce((sum, { bytes }) => sum + bytes.length, 4 + head.length);
  const packed = new Uint8Array(length);
  new DataView(packed.buffer).setUint32(0, head.length);
  packed.set(head, 4);
  let at = 4 + head.length;
  for (const { bytes } of files) {
    packed.set(bytes, at);
    at += bytes.length;
  }
  return packed;
}

export function unpack(packed: Uint8Array<ArrayBuffer>): unknown {
  const length = new DataView(packed.buffer, packed.byteOffset).getUint32(0);
  const { text, sizes } = JSON.parse(new TextDecoder().decode(packed.subarray(4, 4 + length))) as {
    text: string;
    sizes: readonly { type: string; size: number }[];
  };
  let at = 4 + length;
  const files = sizes.map(({ type, size }) => new Blob([packed.slice(at, (at += size))], { type }));
  return JSON.parse(text, (_key, one: unknown) => {
    if (one === null || typeof one !== 'object') return one;
    const index = (one as Record<string, unknown>)[fileMark];
    return typeof index === 'number' ? files[index] : rename(one, renamedKey, (key) => key.slice(1));
  });
}
