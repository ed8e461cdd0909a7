/** The most values in one cache. When it is full, it is emptied. */
const maxCached = 500;

/** Returns the cached value of a key. Makes it the first time. */
export function cached<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= maxCached) cache.clear();
  const made = make();
  cache.set(key, made);
  return made;
}

/** A function that makes one value for each object, and forgets it with the object. */
export function perObject<Key extends object, T>(make: (key: Key) => T): (key: Key) => T {
  const made = new WeakMap<Key, { value: T }>();
  return (key) => {
    let known = made.get(key);
    if (!known) made.set(key, (known = { value: make(key) }));
    return known.value;
  };
}
