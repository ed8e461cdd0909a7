import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createActor } from 'xstate';
import { readEvent, readTarget } from '../../src/telephony/event-shape.js';
import type { SessionEvent } from '../../src/telephony/platform-event.js';
import type { Session } from '../../src/domain/session.js';
import type { SettingsInput } from '../../src/domain/settings.js';
import { sessionMachine } from '../../src/machine/session/session-machine.js';
import { leaderMachine } from '../../src/machine/leader/leader-machine.js';
import { MIAS, crmData } from '../support/crm-data.js';
import { KeeperDesk } from '../support/keeper-desk.js';
import { MemoryHost } from '../../src/memory/index.js';

const at = '2026-03-02T09:00:00.000Z';
const ringing = (id: string): Session => ({
  id,
  channel: 'ivr-call',
  direction: 'inbound',
  customerNumber: MIAS,
  platformNumber: '+18005550100',
  queue: { id: 'orders', path: ['Shop', 'Orders'] },
});
const call = ringing('a');
type Body = Parameters<KeeperDesk['hear']>[1];
const malformed = (type: string, parts: object = {}): Body => ({ type, ...parts }) as never;

/** A call that is on ticket 2. */
async function onTicket(settings: SettingsInput = {}): Promise<KeeperDesk> {
  const desk = await KeeperDesk.start({ settings });
  await desk.assigned(call);
  return desk;
}
const bodies = (desk: KeeperDesk): string[] =>
  desk.host
    .comments('2')
    .map(({ body }) => body)
    .slice(1);

describe('malformed events at the keeper', () => {
  const nonsense: [row: string, body: Body, part: string][] = [
    ['R16', malformed('custom-data.received', { data: 'hello' }), 'data'],
    ['R16', malformed('custom-data.received', { data: ['a'] }), 'data'],
    ['R17', malformed('rating.received', { score: 'five' }), 'score'],
    ['R17', malformed('rating.received', { score: 7 }), 'score'],
    ['R19', malformed('api.responded', { name: 'Order' }), 'data'],
    ['R15', malformed('smart-action.failed', { kind: 'payment', byUser: 'yes' }), 'byUser'],
    ['R18', malformed('voicemail.closed'), 'agent'],
    ['R28', malformed('session.participant-joined', { participant: { id: 'x', kind: 'agent' } }), 'participant.label'],
    ['R13', malformed('transfer.finished', { target: { kind: 'team', id: '102' } }), 'target.kind'],
    ['R11', malformed('recording.ready', { recording: { part: 1, parts: 1, url: 5 } }), 'recording'],
  ];
  for (const [row, body, part] of nonsense)
    it(`${row} ${body.type} with a malformed ${part} is reported with type and part, and writes nothing`, async () => {
      const desk = await onTicket({ tickets: { apiResponses: 'pairs' } });
      await desk.hear(call, body);
      assert.deepEqual(bodies(desk), []);
      assert.deepEqual(
        desk.problems.map(({ code, event, part: told, sessionId }) => ({ code, event, told, sessionId })),
        [{ code: 'bad-event', event: body.type, told: part, sessionId: 'a' }],
      );
      const { message } = desk.problems[0]!;
      assert.ok(message.includes(body.type) && message.includes(`"${part}"`), message);
      for (const value of ['hello', 'five', '7', 'payment', 'yes', 'team', MIAS]) assert.ok(!message.includes(value));
    });

  it('R16 S11 writes nested custom data readably, into its field too', async () => {
    const desk = await onTicket({ tickets: { customDataFields: { nested: '305' } } });
    await desk.hear(call, malformed('custom-data.received', { data: { nested: { sku: [1, 2] }, plain: 'x' } }));
    assert.deepEqual(bodies(desk), ['Custom data\nnested: {"sku":[1,2]}\nplain: x\ncustom_data · a']);
    assert.equal(desk.host.ticket('2').fields['305'], '{"sku":[1,2]}');
    assert.deepEqual(desk.problems, []);
  });

  it('R19 writes a nested API response readably as pairs', async () => {
    const desk = await onTicket({ tickets: { apiResponses: 'pairs' } });
    await desk.hear(call, malformed('api.responded', { name: 'Order', data: { lines: [{ sku: 1 }] } }));
    await desk.hear(call, malformed('api.responded', { name: 'Stock', data: {} }));
    assert.deepEqual(bodies(desk), [
      'Automatic: API response: Order\nlines: [{"sku":1}]\napi_response · a',
      'Automatic: API response: Stock\nNo data\napi_response · a',
    ]);
  });

  it('R27 a session that ends without durations is written as ended, without the missing durations', async () => {
    for (const [parts, expected, left = []] of [
      [{ endedBy: 'customer' }, ''],
      [{ endedBy: 'customer', durations: null }, ''],
      [{ endedBy: 'platform' }, ''],
      [{ endedBy: 'platform', durations: { talk: 5 } }, ' · 5 s\nEnded by the platform'],
      [
        { endedBy: 'nobody', durations: { talk: 'long', hold: 0, wait: 10.4, total: NaN } },
        '',
        ['endedBy', 'durations.total', 'durations.talk'],
      ],
      [{ failReason: 'eu_busy' }, ' · busy'],
      [{ endedBy: 'agent', durations: { talk: 61, hold: 0, wait: 0 } }, ' · 1 min 1 s'],
      [{ endedBy: 'agent', durations: { talk: 0, hold: 61 } }, ' · 1 min 1 s (1 min 1 s on hold)'],
    ] as const) {
      const desk = await onTicket();
      await desk.hear(call, malformed('session.ended', parts));
      await desk.hear(call, { type: 'session.closed' });
      assert.deepEqual(bodies(desk), [`☎ Inbound call from Mia Chen · +1 415 555 0132${expected}\ncall_finished · a`]);
      assert.deepEqual(
        desk.problems.map(({ code, event, part, message }) => [code, event, part, message]),
        left.map((part) => [
          ...['bad-event', 'session.ended', part],
          `An event (session.ended) was recorded without its part "${part}", which is malformed.`,
        ]),
      );
    }
  });

  it('R27 X3 X4 the session fields have the durations that are left', async () => {
    const web: Session = { ...ringing('w'), channel: 'web-call', customer: { phone: MIAS, authenticated: true } };
    const sessionFields = { wait_time: '302', duration: '305' };
    const desk = await KeeperDesk.start({ settings: { tickets: { sessionFields } } });
    await desk.assigned(web);
    await desk.hear(web, malformed('session.ended', { durations: { talk: 'long', wait: 10.4, total: NaN } }));
    await desk.hear(web, { type: 'session.closed' });
    assert.deepEqual(desk.madeBy('w')[0]!.fields, { '302': 10 });
  });

  it('R14 a smart action with missing attachments keeps its other parts', async () => {
    const desk = await onTicket();
    await desk.hear(call, malformed('smart-action.completed', { kind: 'form' }));
    const attachments = [null, { type: 'image/png' }, { name: 'a.png', type: 'image/png', url: 'https://f.example/a' }];
    const more = { kind: 'photo', results: { size: { w: 1 } }, attachments, verified: 'maybe' };
    await desk.hear(call, malformed('smart-action.completed', more));
    assert.deepEqual(bodies(desk), [
      'Smart action: form\nsmart_action · a',
      'Smart action: photo\nsize: {"w":1}\nsmart_action · a',
    ]);
    assert.deepEqual(
      desk.host.comments('2').flatMap((comment) => comment.attachments?.map(({ name }) => name) ?? []),
      ['a.png'],
    );
  });

  it('R28 a disposition with missing notes, codes or agent keeps its other parts', async () => {
    for (const [parts, line] of [
      [{ agent: '101', notes: null, codes: ['A'] }, 'A'],
      [{ notes: ' Called back ', codes: null }, 'Called back'],
    ] as const) {
      const desk = await onTicket();
      await desk.hear(call, malformed('disposition.submitted', parts));
      await desk.hear(call, { type: 'session.closed' });
      await desk.hear(call, malformed('disposition.submitted', parts));
      assert.deepEqual(bodies(desk), [
        `☎ Inbound call from Mia Chen · +1 415 555 0132\n${line}\ncall_finished · a`,
        `Note by Alex Morgan\n${line}\ndisposition · a`,
      ]);
    }
  });

  it('R30 reports an unknown event’s type only if it looks like one of the platform’s', async () => {
    const desk = await KeeperDesk.start();
    await desk.hear(call, malformed('session.teleported'));
    await desk.hear(call, malformed(`Mia Chen ${MIAS}`));
    await desk.hear(call, malformed(5 as never));
    assert.deepEqual(
      desk.problems.map(({ message }) => message),
      [
        'An event (session.teleported) was not recorded: its type is unknown.',
        'An event (no type) was not recorded: its type is unknown.',
        'An event (no type) was not recorded: its type is unknown.',
      ],
    );
  });
});

const types: readonly SessionEvent['type'][] = [
  ...(['session.created', 'session.offered', 'session.assigned', 'session.abandoned', 'session.connecting'] as const),
  ...(['session.connected', 'session.muted', 'session.held', 'session.participant-joined'] as const),
  ...(['session.participant-left', 'session.recording-paused', 'session.queue-changed', 'session.missed'] as const),
  ...(['session.withdrawn', 'session.message', 'session.quality', 'session.ended', 'session.wrap-up'] as const),
  ...(['session.wrap-up-exceeded', 'session.closed', 'transfer.started', 'transfer.finished'] as const),
  ...(['transfer.failed', 'transfer.cancelled', 'recording.ready', 'voicemail.received', 'voicemail.read'] as const),
  ...(['voicemail.closed', 'voicemail.called-back', 'custom-data.received', 'smart-action.completed'] as const),
  ...(['smart-action.failed', 'rating.received', 'api.responded', 'disposition.submitted'] as const),
];
const partNames = [
  ...['id', 'at', 'sessionId', 'owner'],
  ...['session', 'agent', 'participant', 'durations', 'target', 'recording', 'data', 'results', 'attachments'],
  ...['queue', 'score', 'feedback', 'notes', 'codes', 'endedBy', 'failReason', 'kind', 'name', 'message', 'mode'],
  ...['until', 'expiresAt', 'autoAnswerAt', 'byUser', 'verified', 'unread', 'word', 'key', 'muted', 'held', 'paused'],
];
/** Any value, often a session or a participant that is nearly valid. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      id: fc.oneof(fc.constant('a'), fc.jsonValue()),
      kind: fc.oneof(fc.constantFrom('agent', 'queue', 'customer'), fc.jsonValue()),
      label: fc.jsonValue(),
      channel: fc.oneof(fc.constantFrom('ivr-call', 'web-chat'), fc.jsonValue()),
      direction: fc.oneof(fc.constantFrom('inbound', 'outbound'), fc.jsonValue()),
      queue: fc.jsonValue(),
      path: fc.jsonValue(),
      customer: fc.jsonValue(),
      customerNumber: fc.jsonValue(),
      customData: fc.jsonValue(),
      association: fc.jsonValue(),
      record: fc.jsonValue(),
      url: fc.oneof(fc.constant('https://r.example/1'), fc.jsonValue()),
      part: fc.jsonValue(),
      startedAt: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
);
const payload = fc.dictionary(fc.constantFrom(...partNames), anything, { maxKeys: 8 });
const events = fc.array(fc.tuple(fc.constantFrom(...types), payload), { minLength: 1, maxLength: 12 });
const numRuns = 60;

/** The uncaught errors of a run. */
async function uncaught(run: () => Promise<void>): Promise<readonly unknown[]> {
  const caught: unknown[] = [];
  const hear = (error: unknown) => void caught.push(error);
  const before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', hear).on('unhandledRejection', hear);
  try {
    await run();
    await new Promise((resolve) => setTimeout(resolve, 5));
  } finally {
    process.off('uncaughtException', hear).off('unhandledRejection', hear);
    for (const listener of before) process.on('uncaughtException', listener);
  }
  return caught;
}

describe('any event', () => {
  it('R30 any event leaves the keeper running, and other sessions are recorded', async () => {
    for (const begun of [true, false])
      await fc.assert(
        fc.asyncProperty(events, async (told) => {
          const caught = await uncaught(async () => {
            const desk = await KeeperDesk.start({
              host: new MemoryHost({ data: crmData }),
              settings: { tickets: { apiResponses: 'pairs', customDataFields: { a: '305' } } },
            });
            if (begun) await desk.assigned(call);
            for (const [at, [type, parts]] of told.entries())
              await desk.take({
                id: `x${at}`,
                at: '2026-03-02T09:00:00Z',
                sessionId: 'a',
                ...parts,
                type,
              } as never);
            await desk.assigned(ringing('b'));
            await desk.hear(ringing('b'), {
              type: 'session.ended',
              endedBy: 'agent',
              durations: { total: 9, talk: 5, hold: 0, wait: 4 },
            });
            await desk.hear(ringing('b'), { type: 'session.closed' });
            const own = desk.outbox.entries.filter(({ intent }) => intent.sessionId === 'b');
            assert.ok(own.some(({ intent, state }) => intent.key === 'b/finished' && state === 'settled'));
            desk.keeper.stop();
          });
          assert.deepEqual(caught, []);
        }),
        { numRuns },
      );
  });

  it('R30 applying any event to a session never throws, and keeps valid durations', async () => {
    const { changesOf } = await import('../../src/machine/session/platform-events.js');
    const { sessionContext } = await import('../../src/machine/session/session-context.js');
    fc.assert(
      fc.property(events, (told) => {
        let context = sessionContext({ session: call, since: at });
        for (const [type, parts] of told) {
          const read = readEvent({ id: 'x', at, sessionId: 'a', ...parts, type } as unknown as SessionEvent);
          if (!('event' in read)) continue;
          const event = read.event as SessionEvent;
          context = { ...context, ...changesOf[event.type]?.(context, event) };
        }
        assert.ok(context.durations === undefined || Object.values(context.durations).every(Number.isInteger));
        assert.ok(Array.isArray(context.participants) && typeof context.draft.notes === 'string');
      }),
      { numRuns: 300 },
    );
  });

  it('R30 any event that was read at the boundary leaves the statecharts running', async () => {
    const caught = await uncaught(async () =>
      fc.assert(
        fc.property(events, (told) => {
          const state = {
            status: 'available',
            line: 'up',
            calls: {},
            callsToday: 0,
            listed: { history: 0, voicemails: 0 },
          };
          const line = createActor(leaderMachine.provide({ actors: { session: sessionMachine } }), {
            input: { agentId: '101', state: { ...state, sessions: {} } as never },
          });
          line.start();
          line.send({
            type: 'platform',
            event: { type: 'session.assigned', session: call, agent: '101', id: 'first', at, sessionId: 'a' },
            now: at,
            records: true,
          });
          for (const [index, [type, parts]] of told.entries()) {
            const read = readEvent({ id: `x${index}`, at, sessionId: 'a', ...parts, type } as unknown as SessionEvent);
            if ('event' in read) line.send({ type: 'platform', event: read.event, now: at, records: true });
          }
          assert.equal(line.getSnapshot().status, 'active');
          line.stop();
        }),
        { numRuns: 150 },
      ),
    );
    assert.deepEqual(caught, []);
  });

  it('R28 A6 null notes are saved as empty', () => {
    const session = createActor(sessionMachine, { input: { session: call, since: at } });
    let failed: unknown;
    session.subscribe({ error: (error) => (failed = error) });
    session.start();
    const given = { type: 'disposition.submitted', id: 'd', at, sessionId: 'a', notes: null, codes: null };
    const read = readEvent(given as unknown as SessionEvent);
    assert.ok('event' in read);
    session.send(read.event as SessionEvent);
    assert.equal(failed, undefined);
    assert.equal(session.getSnapshot().context.saved, true);
    session.stop();
  });
});

describe('the directory', () => {
  it('A16 a malformed availability is dropped, and the target can still be chosen', () => {
    const jonas = { kind: 'agent', id: '103', label: 'Jonas Weber' };
    for (const presence of ['available', 'busy', 'away'])
      assert.equal(readTarget({ ...jonas, presence })?.presence, presence);
    for (const presence of ['DND', true, 1, null, {}]) assert.deepEqual(readTarget({ ...jonas, presence }), jonas);
    const queue = { kind: 'queue', id: 'returns', label: 'Returns' };
    for (const waiting of [0, 12]) assert.equal(readTarget({ ...queue, waiting })?.waiting, waiting);
    for (const waiting of [-1, 1.5, NaN, '3', null, [2]]) assert.deepEqual(readTarget({ ...queue, waiting }), queue);
  });
});
