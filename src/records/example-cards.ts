import { isTimeZone } from '../domain/record-language.js';
import type { Settings } from '../domain/settings.js';
import { commentText } from '../domain/ticket.js';
import { cardComment } from './card.js';
import { endCard } from './end-card.js';
import type { Known } from './rule.js';
import { startCard } from './start-card.js';
import type { LinkedRecording, SessionFacts, Span } from './session-facts.js';
import { loadWords } from './words/words.js';
import { loadPhoneFormat, type Writing } from './writing.js';

const at = '2026-03-02T09:05:00.000Z';
const later = (seconds: number): string => new Date(Date.parse(at) + seconds * 1000).toISOString();

const agent = { id: 'agent', name: 'Noémie Laurent', teams: [] };
const pause: Span = { from: later(31), to: later(52) };
const recording: LinkedRecording = { url: 'https://example.com/r/1', durationSeconds: 114, startedAt: at };
const facts: SessionFacts = {
  agent: agent.id,
  from: at,
  connectedAt: at,
  people: [{ id: 'colleague', kind: 'agent', name: 'Alex Morgan', to: later(72) }],
  pauses: [pause],
  note: { agent: agent.id, text: '', codes: [] },
  end: { at: later(114), endedBy: 'customer', durations: { total: 130, talk: 77, hold: 37, wait: 16 } },
};

/** S17: a start card and an end card, as these settings would write them. `accountZone`: the account's time zone. */
export async function exampleCards(
  settings: Settings,
  accountZone: string | undefined,
): Promise<{ start: string; end: string; timeZone: string }> {
  const { language, timeZone: chosen } = settings.tickets;
  // A refused time zone is not in force.
  const timeZone = [chosen, accountZone].find((zone) => zone !== undefined && isTimeZone(zone)) ?? 'UTC';
  const [words, phone] = await Promise.all([loadWords(language), loadPhoneFormat()]);
  const writing: Writing = {
    words,
    timeZone,
    phone,
    names: {},
    authors: true,
  };
  const known: Known = {
    session: {
      id: '101-mx33qaoq-1',
      channel: 'ivr-call',
      direction: 'inbound',
      agentId: agent.id,
      customerNumber: '+14155552671',
      platformNumber: '+18005550100',
      language: 'en',
      queue: { id: 'returns', path: ['Orders', 'Returns'] },
    },
    agent,
    account: '',
    contactName: 'Mia Chen',
    writing,
    facts: {
      ...facts,
      note: { agent: agent.id, text: words['example.note'], codes: ['resolved'] },
      recordings: settings.calls.recording ? [recording] : [],
      ...(settings.calls.recording ? {} : { pauses: [] }),
    },
  };
  const withCode = {
    ...settings,
    calls: { ...settings.calls, dispositions: [{ code: 'resolved', label: words['example.code'] }] },
  };
  const text = (card: Parameters<typeof cardComment>[0]) =>
    commentText(cardComment(card, agent.id, known, settings, at));
  return { start: text(startCard({ type: 'session.assigned' }, known)), end: text(endCard(known, withCode)), timeZone };
}
