import { cutName } from './cut-name.js';

/** Longer texts are cut, except names, which have a limit of their own. Bytes in UTF-8. */
const longestText = 64 * 1024;
const deepest = 50;
const mostItems = 100_000;
const mostParts = 1_000_000;

const mark = '…';
const names: ReadonlySet<string> = new Set(['name', 'label']);
/** Tables with keys of a customer or another system. A key `name` in them does not mark a name. */
const tables: ReadonlySet<string> = new Set(['customData', 'data', 'results', 'web', 'fields']);

/**
 * A plain copy of data from another system. Each property is read once; long texts are cut and marked. Properties that
 * throw, functions and circular references are left out. Files are kept. Never throws.
 *
 * `whole`: the paths of texts that are not cut (`message.text`), because they are divided when they are written.
 */
export const plainCopy = (given: unknown, whole: readonly string[] = []): unknown =>
  new Copying(whole).copy(given, { way: '', key: '', inTable: false, depth: 0 });

/** The position of a value in the data. */
interface Place {
  way: string;
  key: string;
  inTable: boolean;
  depth: number;
}

class Copying {
  readonly #whole: readonly string[];
  readonly #above = new Set<object>();
  #parts = 0;

  constructor(whole: readonly string[]) {
    this.#whole = whole;
  }

  copy(given: unknown, place: Place): unknown {
    switch (typeof given) {
      case 'string':
        return this.#text(given, place);
      case 'bigint':
        return String(given);
      case 'object':
        return given && this.#object(given, place);
      case 'function':
      case 'symbol':
        return undefined;
      default:
        return given;
    }
  }

  #text(given: string, { way, key, inTable }: Place): string {
    if (this.#whole.includes(way)) return given;
    return !inTable && names.has(key) ? cutName(given) : cutText(given);
  }

  #object(given: object, place: Place): unknown {
    if (place.depth > deepest || this.#above.has(given) || ++this.#parts > mostParts) return undefined;
    this.#above.add(given);
    try {
      if (isFile(given)) return given;
      if (Array.isArray(given)) return this.#items(given, place);
      const { toJSON } = given as { toJSON?: unknown };
      if (typeof toJSON !== 'function') return this.#entries(given, place);
      // A `Date` or a `URL`.
      return this.copy(toJSON.call(given), { ...place, depth: place.depth + 1 });
    } catch {
      return undefined;
    } finally {
      this.#above.delete(given);
    }
  }

  #items(given: readonly unknown[], place: Place): unknown[] {
    const items: unknown[] = [];
    const below = { ...place, key: '', depth: place.depth + 1 };
    for (let at = 0; at < Math.min(given.length, mostItems); at++) items.push(this.#part(given, at, below));
    return items;
  }

  #entries(given: object, { way, inTable, depth }: Place): unknown {
    const entries: [string, unknown][] = [];
    for (const key of Object.keys(given)) {
      const below = {
        way: way === '' ? key : `${way}.${key}`,
        key,
        inTable: inTable || tables.has(key),
        depth: depth + 1,
      };
      const part = this.#part(given, key, below);
      if (part !== undefined) entries.push([cutText(key), part]);
    }
    return Object.fromEntries(entries);
  }

  #part(given: object, key: PropertyKey, below: Place): unknown {
    try {
      return this.copy(Reflect.get(given, key), below);
    } catch {
      return undefined;
    }
  }
}

/**
 * Whether the value is a real `Blob`. Its `size` getter throws for anything else, so another object cannot pass as one.
 */
function isFile(given: object): boolean {
  try {
    return typeof Blob === 'function' && typeof Reflect.get(Blob.prototype, 'size', given) === 'number';
  } catch {
    return false;
  }
}

function cutText(text: string): string {
  if (text.length * 3 <= longestText) return text;
  const room = new Uint8Array(longestText);
  const encoder = new TextEncoder();
  if (encoder.encodeInto(text, room).read === text.length) return text;
  return text.slice(0, encoder.encodeInto(text, room.subarray(mark.length * 3)).read) + mark;
}
