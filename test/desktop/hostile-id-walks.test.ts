import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { howMany, seedOf } from '../support/counts.js';
import { crmData, MIAS, SHARED } from '../support/crm-data.js';
import { recorded } from '../support/recorded.js';
import { TestTab } from '../support/test-tab.js';
import { hostileIds, EmittingPlatform } from '../support/emitting-platform.js';

const id = fc.oneof(
  fc.constantFrom(
    ...hostileIds,
    'then',
    'length',
    'id',
    'constructor/ticket',
    '["a"]',
    '\u0000',
    '\uD800',
    'é',
    'e\u0301',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('/', '#', ':', '"', '\\', '%', '2', 'F', '\n', '|', '+1'), maxLength: 6 }),
);
/** Events of a session in the order of its life. Each may come again, late or never. */
const life = [
  'session.offered',
  'session.assigned',
  'session.connected',
  'session.muted',
  'custom-data.received',
  'session.queue-changed',
  'session.ended',
  'session.closed',
  'rating.received',
] as const;
const event = fc.record({
  session: fc.nat({ max: 3 }),
  type: fc.constantFrom(
    ...life,
    'transfer.failed',
    'session.participant-joined',
    'session.missed',
    'session.withdrawn',
  ),
  key: id,
  repeats: fc.boolean(),
});

const counts = { events: 0, tickets: 0, whole: 0, ids: new Set<string>() };

describe('session ids from outside, with events in any order', () => {
  it('A5 B5 R26 no id and no order of events stops the panel, makes two tickets for a session, or leaves a record unsent', async () => {
    const seed = seedOf(1);
    const runs = howMany({ all: 150, long: 20_000 });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(id, { minLength: 1, maxLength: 4 }),
        fc.array(event, { minLength: 1, maxLength: 25 }),
        fc.boolean(),
        async (ids, events, whole) => {
          const tab = await TestTab.start({ host: { data: crmData }, Platform: EmittingPlatform });
          const platform = tab.telephony as EmittingPlatform;
          tab.desktop.send({ type: 'setStatus', status: 'available' });
          await tab.wait();
          const sessionOf = (at: number) => ({
            ...{ id: ids[at % ids.length]!, channel: 'ivr-call', direction: 'inbound' },
            ...{ customerNumber: at % 2 ? MIAS : SHARED, queue: { id: ids[0]!, path: ['Q'] } },
          });
          // One session has its whole life in order, between the other events.
          const woven = whole
            ? life.flatMap((type, at) => [
                ...events.slice(at * 3, at * 3 + 3),
                { session: 0, type, key: 'k', repeats: false },
              ])
            : events;
          for (const { session: at, type, key, repeats } of woven) {
            const session = sessionOf(at);
            counts.ids.add(session.id);
            const event = {
              ...{
                type,
                sessionId: session.id,
                session,
                agent: '101',
                muted: true,
                key,
                score: 5,
                endedBy: 'customer',
              },
              ...{
                data: { [key]: key },
                queue: { id: key, path: [key] },
                target: { kind: 'agent', id: key, label: key },
              },
              ...{ mode: 'warm', participant: { id: key, kind: 'outside', label: key, held: false } },
              ...(repeats && { id: `again ${key}` }),
            };
            platform.emit(tab, event);
            if (repeats) platform.emit(tab, event);
            counts.events++;
            await tab.wait(500);
          }
          for (const session of ids) {
            platform.emit(tab, { type: 'session.ended', sessionId: session, endedBy: 'customer' });
            platform.emit(tab, { type: 'session.closed', sessionId: session });
          }
          await tab.wait(120_000);
          const made = tab.host.tickets().flatMap(({ origin }) => (origin ? [origin.sessionId] : []));
          for (const session of ids)
            assert.ok(made.filter((one) => one === session).length <= 1, `two tickets of ${JSON.stringify(session)}`);
          counts.tickets += made.filter((one) => ids.includes(one)).length;
          counts.whole += Number(whole);
          assert.deepEqual(
            tab.desktop.records.records.map(({ what, state }) => `${what} ${state}`),
            [],
          );
          // The embedded platform does not know the sessions of the injected events.
          const expected = ['bad-event', 'event-dropped', 'not-associated'];
          const errors = tab.events.flatMap((one) => (one.type === 'error' ? [`${one.code} ${one.message}`] : []));
          assert.deepEqual(
            errors.filter((one) => !expected.some((code) => one.startsWith(code))),
            [],
          );
          tab.desktop.send({ type: 'dismissCall' });
          tab.desktop.send({ type: 'setStatus', status: 'available' });
          await tab.wait();
          const next = tab.telephony.incoming({ number: MIAS, answered: true });
          await tab.wait(5000);
          assert.ok(tab.desktop.snapshot.agent.context.leader.calls[next], 'the next call is there');
          tab.telephony.hangUp(next);
          await tab.wait(20_000);
          await tab.wait(120_000);
          assert.equal(recorded(tab.host, 'call_finished', next), 1, 'the next call is recorded');
        },
      ),
      { numRuns: runs, seed, includeErrorInReport: true },
    );
    const { events, tickets, whole, ids } = counts;
    const isExercised = events > runs * 5 && tickets > runs / 3 && whole > runs / 4 && ids.size > runs / 2;
    assert.ok(isExercised, JSON.stringify({ ...counts, ids: ids.size }));
  });
});
