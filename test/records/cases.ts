import assert from 'node:assert/strict';
import type { Settings, SettingsInput } from '../../src/domain/settings.js';
import { mergeSettings } from '../../src/domain/settings-check.js';
import type { FieldDefinition } from '../../src/domain/contact.js';
import type { Session } from '../../src/domain/session.js';
import type { Intent } from '../../src/records/intent.js';
import type { Known, RecordEvent } from '../../src/records/rule.js';
import { commentText, type Comment } from '../../src/domain/ticket.js';
import { intentsFor } from '../../src/records/rules.js';
import type { SessionEvent } from '../../src/telephony/platform-event.js';

export const at = '2026-03-02T09:00:00.000Z';
export const agent = { id: '101', name: 'Alex Morgan', teams: ['support'] };
export const definitions: readonly FieldDefinition[] = [
  { on: 'ticket', id: '302', key: 'model_year', title: 'Model year', type: 'integer' },
  { on: 'ticket', id: '305', key: 'error_report', title: 'Error report', type: 'multiline' },
  { on: 'ticket', id: '309', key: 'plan', title: 'Plan', type: 'other' },
];

export const settingsOf = (input: SettingsInput = {}): Settings => mergeSettings(input) as Settings;

/** A call from the telephone network. */
export const ivr: Session = {
  id: 's1',
  channel: 'ivr-call',
  direction: 'inbound',
  customerNumber: '+14155550132',
  platformNumber: '+18005550100',
  language: 'en',
  queue: { id: 'orders', path: ['Shop', 'Orders'] },
};

/** A chat from the web SDK. */
export const chat: Session = {
  id: 'c1',
  channel: 'web-chat',
  direction: 'inbound',
  language: 'en',
  queue: { id: 'orders', path: ['Shop', 'Orders'] },
  customer: { identifier: 'mia-1', name: 'Mia Chen', email: 'mia@example.com', authenticated: true },
};

export const outbound: Session = {
  id: 'o1',
  channel: 'outbound-call',
  direction: 'outbound',
  agentId: '101',
  customerNumber: '+14155550132',
  platformNumber: '+18005550100',
  language: 'en',
  association: { contact: { id: 'mia' }, ticket: 'new', enteredNumber: false },
};

type Body = SessionEvent extends infer Each
  ? Each extends SessionEvent
    ? Omit<Each, 'id' | 'at' | 'sessionId'>
    : never
  : never;

export const eventOf = (session: Session, body: Body, id = 'e1'): SessionEvent =>
  ({ id, at, sessionId: session.id, ...body }) as SessionEvent;

export const knownOf = (session: Session, more: Partial<Known> = {}): Known => ({
  session,
  agent,
  account: 'crm',
  ...more,
});

/** The session is recorded on its ticket, and the agent has it. */
export const recordedOf = (session: Session, more: Partial<Known> = {}): Known =>
  knownOf(
    { ...session, agentId: '101' },
    {
      contact: { id: 'mia' },
      ticket: { id: '7' },
      recorded: true,
      holder: '101',
      facts: { agent: '101', from: at },
      ...more,
    },
  );

export const written = (event: SessionEvent, known: Known, settings: SettingsInput = {}): readonly Intent[] =>
  intentsFor(event, known, settingsOf(settings)).intents;

/** The writes of events that come one after another. */
export function writtenAfter(
  events: readonly RecordEvent[],
  known: Known,
  settings: SettingsInput = {},
): readonly Intent[] {
  let now = known;
  return events.flatMap((event) => {
    const { intents, known: after } = intentsFor(event, now, settingsOf(settings));
    now = { ...after, ...(known.fields && { fields: known.fields }), ...(known.writing && { writing: known.writing }) };
    return intents;
  });
}

export const commentOf = (intent: Intent): Comment | undefined =>
  intent.kind === 'create-ticket' ? intent.draft.comment : 'comment' in intent ? intent.comment : undefined;

/** The comments of the writes, as the CRM shows them. */
export const textsOf = (intents: readonly Intent[]): readonly string[] =>
  intents.flatMap((intent) => {
    const comment = commentOf(intent);
    return comment ? [commentText(comment)] : [];
  });

const wordNames = ['late', 'part', 'followUp', 'kept', 'elsewhere', 'cut', 'continued'];

/** A comment without its words, all of which it must have. */
export function wordless({ words, ...comment }: Comment): Omit<Comment, 'words'> {
  assert.deepEqual(Object.keys(words ?? {}), wordNames, 'R32: the words for what the outbox and hosts add');
  return comment;
}

/** A write without the properties that every write of the session has. */
export function bare(intents: readonly Intent[]): unknown[] {
  return intents.map((intent) => {
    const { at: _at, sessionId: _id, ...rest } = intent;
    if (rest.kind !== 'write-ticket') return rest;
    const { origin: _origin, about: _about, ticket: _ticket, kind: _kind, words, comment, ...write } = rest;
    assert.equal(words === undefined, comment !== undefined, 'R32: the words come once');
    return { ...write, ...(comment && { comment: wordless(comment) }) };
  });
}
