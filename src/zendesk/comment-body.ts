import { clockTime } from '../domain/outcome.js';
import { oneLine } from '../domain/one-line.js';
import type { Attachment, Recording } from '../domain/session.js';
import type { Comment } from '../domain/ticket.js';
import { utcTime } from '../domain/utc-time.js';

/** The name of the agent whose panel this is; undefined: not known. */
export type PanelOwner = () => Promise<string | undefined>;

interface WrittenComment {
  body: string;
  public: false;
  author_id?: number;
}

/**
 * R11: a comment as Zendesk takes it. A recording stands in it as a link: a `voice_comment`, which has a player, cannot be
 * told to be internal, and on a public ticket the customer could get it. Files cannot go through the app
 * framework: the words say what they are and whose panel has them.
 */
export async function writtenComment(comment: Comment, panelOwner: PanelOwner): Promise<WrittenComment> {
  const { body, authorId, recording, attachments = [] } = comment;
  const files = [
    ...(recording ? [{ label: 'Recording', facts: factsOf(recording), url: recording.url, file: recording.file }] : []),
    ...attachments.map(({ name, url, file }) => ({ label: name, facts: sizeOf(file), url, file })),
  ];
  const isKept = files.some(({ url, file }) => url === undefined && file);
  const owner = isKept ? ((await panelOwner()) ?? (authorId === undefined ? 'the agent' : `agent ${authorId}`)) : '';
  const said = new Set(body.split(/\s+/));
  const lines = files.map(({ label, facts, url, file }) => {
    // What wrote the comment may have said the address: once is enough.
    if (url !== undefined) return said.has(url) ? '' : oneLine(`${label}: ${url}`);
    const about = facts.length > 0 ? ` (${facts.join(', ')})` : '';
    // R11: what never came with a file is with whoever made it.
    const where = file ? `kept by the call panel of ${owner}` : 'kept by the phone platform';
    return oneLine(`${label}${about}: ${where}, not in Zendesk`);
  });
  return {
    body: [body, ...lines].filter(Boolean).join('\n'),
    public: false,
    ...(authorId !== undefined && { author_id: Number(authorId) }),
  };
}

/** What a recording is found by; in the journal a file loses its name. */
function factsOf({ file, part, parts, startedAt, durationSeconds }: Recording): string[] {
  const name = (file as Partial<File> | undefined)?.name ?? file?.type;
  return [
    ...(name ? [name] : []),
    ...(parts > 1 ? [`part ${part} of ${parts}`] : []),
    // Parts may not say when.
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
