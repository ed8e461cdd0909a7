import { html, nothing, type TemplateResult } from 'lit';
import type { Attachment, Recording } from '../src/domain/session.js';
import { clockTime } from './format.js';
import { demoIcons } from './icons.js';

/** The object URLs of the files of comments. A reload loses the files, and keeps only their names. */
const addresses = new WeakMap<Blob, string>();
function addressOf(file: Blob): string {
  const known = addresses.get(file) ?? URL.createObjectURL(file);
  addresses.set(file, known);
  return known;
}
const isFile = (file: unknown): file is Blob => file instanceof Blob;

const link = (href: string, name: string, words: string, download: boolean): TemplateResult =>
  html`<a href=${href} target="_blank" rel="noopener noreferrer" download=${download ? name : nothing}>${words}</a>`;

/** Shows a recording: a player for a file, or a link. */
export function recordingView({ url, file, durationSeconds, part, parts }: Recording): TemplateResult {
  const words = `Recording${parts > 1 ? `, part ${part} of ${parts}` : ''}, ${clockTime(durationSeconds)}`;
  return html`<p class="file small">
    ${demoIcons.sound}
    ${
      isFile(file)
        ? html`<span>${words}</span><audio controls preload="none" src=${addressOf(file)} aria-label=${words}></audio>`
        : url
          ? link(url, words, words, false)
          : html`<span>${words}</span>`
    }
  </p>`;
}

/** Shows a shared file: a link to its address, or to the file itself. */
export function attachmentView({ name, type, url, file }: Attachment): TemplateResult {
  const to = isFile(file) ? addressOf(file) : url;
  return html`<p class="file small">
    ${demoIcons.clip} ${to ? link(to, name, name, isFile(file)) : html`<span>${name}</span>`}
    <span class="muted">${type}</span>
  </p>`;
}
