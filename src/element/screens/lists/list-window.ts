/** How many rows of a long list are in the document (Q3: at most 60). */
export const windowSize = 40;

/** The rows to show, and the heights of what is left out above and below. */
export interface ListWindow {
  from: number;
  to: number;
  above: number;
  below: number;
}

/** Which part of a list of rows of one height is near the scrolled place. A short list is shown whole. */
export function listWindow(count: number, rowHeight: number, scrollTop: number): ListWindow {
  if (count <= windowSize || rowHeight <= 0) return { from: 0, to: Math.min(count, windowSize), above: 0, below: 0 };
  const first = Math.floor(scrollTop / rowHeight) - Math.floor(windowSize / 4);
  const from = Math.max(0, Math.min(first, count - windowSize));
  const to = Math.min(count, from + windowSize);
  return { from, to, above: from * rowHeight, below: (count - to) * rowHeight };
}
