import { clockTime } from '../domain/outcome.js';
import { filled } from '../domain/filled.js';
import { oneLine } from '../domain/one-line.js';
import type { Attachment, Recording } from '../domain/session.js';
import type { Comment } from '../domain/ticket.js';
import { utcTime } from '../domain/utc-time.js';

/** Returns the name of the agent who uses this panel. Undefined: the name is not known. */
export type PanelOwner = () => Promise<string | undefined>;

interface WrittenComment {
  body: string;
  public: false;
  author_id?: number;
}

/**
 * R11: makes a comment in Zendesk's format.
 *
 * A recording is written as a link. A `voice_comment` would have a player, but it cannot be internal, so the customer
 * could receive it. The app framework cannot upload files: the comment describes each file, and names the agent whose
 * panel keeps it.
 */
export async function writtenComment(comment: Comment, panelOwner: PanelOwner): Promise<WrittenComment> {
  const { body, foot, words: own = {}, authorId, recording, attachments = [] } = comment;
  const files = [
    ...(recording ? [{ label: 'Recording', facts: factsOf(recording), url: recording.url, file: recording.file }] : []),
    ...attachments.map(({ name, url, file }) => ({ label: name, facts: sizeOf(file), url, file })),
  ];
  const isKept = files.some(({ url, file }) => url === undefined && file);
  const owner = isKept ? ((await panelOwner()) ?? (authorId === undefined ? 'the agent' : `agent ${authorId}`)) : '';
  const told = new Set(body.split(/\s+/));
  const lines = files.map(({ label, facts, url, file }) => {
    // The comment's body may contain the address already.
    if (url !== undefined) return told.has(url) ? '' : oneLine(`${label}: ${url}`);
    const details = facts.length > 0 ? ` (${facts.join(', ')})` : '';
    // R11: without a file, only the platform has the recording or attachment.
    const where = file ? (own.kept ?? words.kept) : (own.elsewhere ?? words.elsewhere);
    return oneLine(filled(where, { file: `${label}${details}`, agent: owner, crm: 'Zendesk' }));
  });
  return {
    body: [body, ...lines, foot].filter(Boolean).join('\n'),
    public: false,
    author_id: authorId === undefined ? undefined : Number(authorId),
  };
}

/** The words of a comment that version 0.1.0 has accepted. */
const words = {
  kept: '{file}: kept by the call panel of {agent}, not in {crm}',
  elsewhere: '{file}: kept by the phone platform, not in {crm}',
};

/** The facts by which a person can find a recording. The journal does not store the names of files. */
function factsOf({ file, part, parts, startedAt, durationSeconds }: Recording): string[] {
  const name = (file as Partial<File> | undefined)?.name ?? file?.type;
  return [
    ...(name ? [name] : []),
    ...(parts > 1 ? [`part ${part} of ${parts}`] : []),
    // A part may have no start time.
    ...(startedAt ? [utcTime(startedAt)] : []),
    clockTime(durationSeconds),
    ...sizeOf(file),
  ];
}

function sizeOf(file: Attachment['file']): string[] {
  if (!file) return [];
  const { size } = file;
  if (size < 1000) return [`${size} bytes`];
  const [unit, value] = size < 999_950 ? ['kB', size / 1000] : ['MB', size / 1_000_000];
  return [`${value.toFixed(1)} ${unit}`];
}
