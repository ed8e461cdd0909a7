import { html, nothing, type TemplateResult } from 'lit';
import { isHttps } from '../../../domain/https-link.js';
import type { ShownFile } from '../../../machine/chat/conversation.js';
import type { Localizer } from '../../localize.js';
import { callIcons } from '../../parts/call-icons.js';

/** A text of a message longer than this, in characters, is shown in part until the agent asks for all of it. */
export const longText = 800;

const addresses = /https:\/\/[^\s<>"'“”«»]+/g;
const punctuation = '.,;:!?)]}';

/** The address without the punctuation after it, which belongs to the sentence. */
function addressIn(found: string): string {
  let end = found.length;
  while (end > 0 && punctuation.includes(found[end - 1]!)) end--;
  return found.slice(0, end);
}

const link = (url: string, words: unknown): TemplateResult =>
  html`<a class="link" href=${url} target="_blank" rel="noopener noreferrer">${words}</a>`;

/** A15: the text with its https addresses as links. All else is text, never markup. */
export function withLinks(text: string): unknown[] {
  const parts: unknown[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(addresses)) {
    const url = addressIn(found);
    if (!isHttps(url)) continue;
    parts.push(text.slice(at, index), link(url, url));
    at = index + url.length;
  }
  return [...parts, text.slice(at)];
}

/** A15: a file with its name and size. Without a link of the platform, it is only named. */
export function fileLine({ name, size, url }: ShownFile, words: Localizer): TemplateResult {
  const named = html`<bdi class="break">${name}</bdi>`;
  return html`<span class="file"
    >${callIcons.attach}<span
      >${url === undefined ? named : link(url, named)}${
        size === undefined ? nothing : html` <span class="small digits">${sizeText(words, size)}</span>`
      }</span
    ></span
  >`;
}

/** A size in bytes: `1.2 MB`. */
export function sizeText(words: Localizer, bytes: number): string {
  const unit = bytes >= 1_000_000 ? 'megabyte' : 'kilobyte';
  const format = words.once(
    unit,
    () => new Intl.NumberFormat(words.locale, { style: 'unit', unit, maximumFractionDigits: 1 }),
  );
  return format.format(bytes >= 1_000_000 ? bytes / 1_000_000 : Math.max(1, Math.round(bytes / 1000)));
}
