/** The number of rows of a long list that are in the document (Q3 allows 60). */
export const windowSize = 40;

/** The range of rows to render, and the heights of the omitted rows above and below. */
export interface ListWindow {
  from: number;
  to: number;
  above: number;
  below: number;
}

/** The rows of equal height around a scroll position. A short list is rendered whole. */
export function listWindow(count: number, rowHeight: number, scrollTop: number): ListWindow {
  if (count <= windowSize || rowHeight <= 0) return { from: 0, to: Math.min(count, windowSize), above: 0, below: 0 };
  const first = Math.floor(scrollTop / rowHeight) - Math.floor(windowSize / 4);
  const from = Math.max(0, Math.min(first, count - windowSize));
  const to = Math.min(count, from + windowSize);
  return { from, to, above: from * rowHeight, below: (count - to) * rowHeight };
}
