// Reads a picture's pixels from PNG as Chromium writes it (8 bits, not interlaced), with Node's own zlib.
import { inflateSync } from 'node:zlib';

/** @param {Buffer} png @returns {{ pixels: Buffer, bytes: number }} `pixels` row after row, with `bytes` for each pixel */
export function readPng(png) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const bytes = { 2: 3, 6: 4 }[png[25]];
  if (!bytes || png[24] !== 8 || png[28] !== 0) throw new Error('a PNG of another kind than Chromium writes');
  const parts = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const rows = inflateSync(Buffer.concat(parts));
  const length = width * bytes;
  const pixels = Buffer.alloc(length * height);
  for (let row = 0; row < height; row++) {
    const from = row * (length + 1);
    unfilter(rows[from], rows.subarray(from + 1, from + 1 + length), pixels, row * length, bytes, length);
  }
  return { pixels, bytes };
}

function unfilter(kind, raw, pixels, start, bytes, length) {
  for (let at = 0; at < length; at++) {
    const left = at >= bytes ? pixels[start + at - bytes] : 0;
    const up = start > 0 ? pixels[start + at - length] : 0;
    const corner = at >= bytes && start > 0 ? pixels[start + at - length - bytes] : 0;
    const guess = kind === 4 ? paeth(left, up, corner) : kind === 3 ? (left + up) >> 1 : [0, left, up][kind];
    pixels[start + at] = raw[at] + guess;
  }
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** Whether a picture has only one colour. */
export function isBlank({ pixels, bytes }) {
  for (let at = bytes; at < pixels.length; at++) if (pixels[at] !== pixels[at - bytes]) return false;
  return true;
}

/**
 * Whether two pictures look the same. Chromium renders round edges differently each time: every pixel may differ by
 * `tolerance`, and a `handful` of pixels by `shade`. Another letter differs by more.
 */
export function looksLike(one, other, { tolerance = 4, shade = 40, handful = 16 } = {}) {
  if (one.pixels.length !== other.pixels.length) return false;
  const shaded = new Set();
  for (let at = 0; at < one.pixels.length; at++) {
    const difference = Math.abs(one.pixels[at] - other.pixels[at]);
    if (difference > shade) return false;
    if (difference > tolerance) shaded.add(Math.floor(at / one.bytes));
  }
  return shaded.size <= handful;
}
