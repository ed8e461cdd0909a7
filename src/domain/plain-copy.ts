import { cutName } from './cut-name.js';

/** Bytes in UTF-8. Longer texts are cut. Names have a lower limit. */
const maxTextBytes = 64 * 1024;
const maxDepth = 50;
const maxItems = 100_000;
const maxObjects = 1_000_000;

const cutMark = '…';
const nameKeys: ReadonlySet<string> = new Set(['name', 'label']);
/** Objects whose keys another system chooses. A key `name` in them need not be a name. */
const foreignTables: ReadonlySet<string> = new Set(['customData', 'data', 'results', 'web', 'fields']);

/**
 * A plain copy of data from another system. Each property is read once. Long texts are cut and marked. Properties that
 * throw, functions and circular references are left out. Files are kept. Never throws.
 *
 * `uncut`: the paths of texts that are not cut (`message.text`). They are divided when they are written.
 */
export const plainCopy = (given: unknown, uncut: readonly string[] = []): unknown =>
  new Copier(uncut).copy(given, { path: '', key: '', inTable: false, depth: 0 });

/** The position of a value in the data. */
interface Position {
  path: string;
  key: string;
  inTable: boolean;
  depth: number;
}

class Copier {
  readonly #uncut: readonly string[];
  readonly #ancestors = new Set<object>();
  #objects = 0;

  constructor(uncut: readonly string[]) {
    this.#uncut = uncut;
  }

  copy(given: unknown, position: Position): unknown {
    switch (typeof given) {
      case 'string':
        return this.#text(given, position);
      case 'bigint':
        return String(given);
      case 'object':
        return given && this.#object(given, position);
      case 'function':
      case 'symbol':
        return undefined;
      default:
        return given;
    }
  }

  #text(given: string, { path, key, inTable }: Position): string {
    if (this.#uncut.includes(path)) return given;
    return !inTable && nameKeys.has(key) ? cutName(given) : cutText(given);
  }

  #object(given: object, position: Position): unknown {
    if (position.depth > maxDepth || this.#ancestors.has(given) || ++this.#objects > maxObjects) return undefined;
    this.#ancestors.add(given);
    try {
      if (Array.isArray(given)) return this.#items(given, position);
      // Asking whether a value is a file throws for most values, which is slow.
      if (Object.getPrototypeOf(given) !== Object.prototype && isFile(given)) return given;
      const { toJSON } = given as { toJSON?: unknown };
      if (typeof toJSON !== 'function') return this.#entries(given, position);
      // A `Date` or a `URL`.
      return this.copy(toJSON.call(given), { ...position, depth: position.depth + 1 });
    } catch {
      return undefined;
    } finally {
      this.#ancestors.delete(given);
    }
  }

  #items(given: readonly unknown[], position: Position): unknown[] {
    const items: unknown[] = [];
    const inside = { ...position, key: '', depth: position.depth + 1 };
    for (let at = 0; at < Math.min(given.length, maxItems); at++) items.push(this.#part(given, at, inside));
    return items;
  }

  #entries(given: object, { path, inTable, depth }: Position): unknown {
    const entries: [string, unknown][] = [];
    for (const key of Object.keys(given)) {
      const inside = {
        path: path === '' ? key : `${path}.${key}`,
        key,
        inTable: inTable || foreignTables.has(key),
        depth: depth + 1,
      };
      const part = this.#part(given, key, inside);
      if (part !== undefined) entries.push([cutText(key), part]);
    }
    return Object.fromEntries(entries);
  }

  #part(given: object, key: PropertyKey, inside: Position): unknown {
    try {
      return this.copy(Reflect.get(given, key), inside);
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
  if (text.length * 3 <= maxTextBytes) return text;
  const room = new Uint8Array(maxTextBytes);
  const encoder = new TextEncoder();
  if (encoder.encodeInto(text, room).read === text.length) return text;
  return text.slice(0, encoder.encodeInto(text, room.subarray(cutMark.length * 3)).read) + cutMark;
}
