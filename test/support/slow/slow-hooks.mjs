// Module hooks of test:slow: they delay and count each import() of src.
import { setTimeout as wait } from 'node:timers/promises';

let slow = { delayed: new Int32Array(1), milliseconds: 0, loadedLater: new Set() };

export function initialize({ delayed, milliseconds, loadedLater }) {
  slow = { delayed, milliseconds, loadedLater: new Set(loadedLater) };
}

const plain = (url) => url.split('?')[0].replace(/\.[jt]s$/, '');

/** "URL of the importing file, URL of the imported file", without query strings of earlier hooks. */
export function loading(specifier, parent) {
  if (!parent) return '';
  const what = /^\.|^file:/.test(specifier) ? plain(new URL(specifier, parent).href) : specifier;
  return `${plain(parent)} ${what}`;
}

export async function resolve(specifier, context, nextResolve) {
  if (slow.loadedLater.has(loading(specifier, context.parentURL))) {
    Atomics.add(slow.delayed, 0, 1);
    await wait(slow.milliseconds);
  }
  return nextResolve(specifier, context);
}
