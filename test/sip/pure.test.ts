import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import { Addresses, checkDigits } from '../../src/sip/addresses.js';
import { callerOf } from '../../src/sip/caller.js';
import { failReason, refusal } from '../../src/sip/fail-reasons.js';
import { newSession, type KnownSession } from '../../src/sip/known-session.js';
import type { SipOptions } from '../../src/sip/options.js';
import { Presence, usualStatuses } from '../../src/telephony/presence.js';
import { durationsOf, startOrStop } from '../../src/telephony/sessions.js';
import { qualityOf } from '../../src/sip/quality.js';
import { SipStore } from '../../src/sip/sip-store.js';
import type { SealedStore } from '../../src/environment/environment.js';
import { newKeys, sealing } from '../../src/environment/indexed-db.js';
import { MemoryStore } from '../../src/environment/in-memory.js';

const options: SipOptions = {
  servers: ['wss://sip.example'],
  domain: 'sip.example',
  user: 'alex',
  outboundNumbers: [{ number: '+18005550100', label: 'Support', languages: ['en'] }],
  languages: ['en', 'fr'],
  agents: [
    { id: '101', user: 'alex', label: 'Alex' },
    { id: '102', user: 'noemie', label: 'Noémie' },
  ],
  queues: [{ id: 'q', user: 'repairs', label: 'Repairs' }],
};
const plan = {
  key: 'k',
  number: '+14155550123',
  kind: 'e164',
  outboundNumber: '+18005550100',
  language: 'en',
  association: { contact: { id: '1' }, ticket: 'new', enteredNumber: false },
  record: true,
} as const;
const invalid = { name: 'TelephonyError', code: 'invalid' };

const call = (id: string, more: Partial<KnownSession> = {}): KnownSession => ({
  ...newSession({ id, channel: 'ivr-call', direction: 'inbound', customerNumber: '+14155550123' }, 0, {
    place: 'on',
    phase: 'connected',
    record: true,
  }),
  ...more,
});

describe('addresses, fail reasons, durations and quality', () => {
  it('F14 makes addresses of valid numbers and ids only', () => {
    const addresses = new Addresses(options);
    assert.equal(addresses.ofPlan(plan), 'sip:+14155550123@sip.example');
    assert.equal(addresses.ofPlan({ ...plan, number: '*72#', kind: 'short' }), 'sip:*72%23@sip.example');
    assert.equal(addresses.ofTarget({ kind: 'agent', id: '102', label: '' }), 'sip:noemie@sip.example');
    assert.equal(addresses.ofTarget({ kind: 'queue', id: 'q', label: '' }), 'sip:repairs@sip.example');
    for (const wrong of [
      { number: '+1415\r\nX-Evil: 1' },
      { number: '14155550123' },
      { number: '112' },
      { number: '+14155550123\n', kind: 'e164' },
      { extension: '12;a' },
      { language: 'de' },
      { language: 'fr' },
      { outboundNumber: '+18005550101' },
    ] as const)
      assert.throws(() => addresses.ofPlan({ ...plan, ...wrong }), invalid, JSON.stringify(wrong));
    for (const domain of ['sip.example>', 'a b', '', 'sip.example\r\nX: 1'])
      assert.throws(() => new Addresses({ ...options, domain }), invalid, domain);
    assert.throws(() => new Addresses({ ...options, user: 'alex@elsewhere' }), invalid);
    assert.throws(() => new Addresses({ ...options, agents: [{ id: '1', user: 'a>b', label: '' }] }), invalid);
  });

  it('A4 accepts only the keys of a phone, and refuses a transfer to oneself', () => {
    assert.equal(checkDigits('12*#,d'), '12*#,D');
    for (const words of ['hello', '', '1 2', '1'.repeat(65)]) assert.throws(() => checkDigits(words), invalid, words);
    const addresses = new Addresses(options);
    assert.throws(() => addresses.ofTarget({ kind: 'agent', id: '101', label: 'Alex' }), invalid);
    assert.throws(() => addresses.ofTarget({ kind: 'outside', id: '1', label: '' }), invalid);
  });

  it('R26 maps each SIP status to a fail reason or an error code', () => {
    const reasons = [404, 408, 480, 484, 486, 487, 500, 600, 603, 604].map((status) => failReason(status, ''));
    const [wrong, nobody, general, busy, rejected] = [
      'eu_wrong_number',
      'eu_no_answer',
      'voip_conn_general',
      'eu_busy',
      'eu_rejected',
    ];
    assert.deepEqual(reasons, [wrong, nobody, nobody, wrong, busy, nobody, general, busy, rejected, wrong]);
    assert.equal(failReason(undefined, 'Canceled'), 'ag_canceled');
    assert.equal(failReason(undefined, 'RTP Timeout'), general);
    const codes = [403, 407, 486, 503].map((status) => refusal(status, ''));
    assert.deepEqual(codes, ['restricted', 'not-available', undefined, 'not-available']);
    assert.equal(refusal(undefined, 'Connection Error'), 'offline');
    assert.equal(refusal(undefined, 'Request Timeout'), 'timeout');
    assert.equal(refusal(undefined, 'Canceled'), undefined);
  });

  it('X3 X4 X7 wait, talk and hold add up to the total, also if a call ends on hold', () => {
    const known = call('1', { connectedAt: 4_000 });
    known.held = startOrStop(known.held, true, 10_000);
    known.held = startOrStop(known.held, false, 15_500);
    known.held = startOrStop(known.held, true, 20_000);
    known.endedAt = 24_000;
    assert.deepEqual(durationsOf(known), { total: 24, wait: 4, hold: 9, talk: 11 });
    assert.deepEqual(durationsOf(call('2', { endedAt: 7_900 })), { total: 7, wait: 7, hold: 0, talk: 0 });
  });

  it('A8 rates loss and jitter since the last measurement by a word', async () => {
    const look = (packetsReceived: number, packetsLost: number, jitter: number) => {
      const stats = new Map([['in', { type: 'inbound-rtp', kind: 'audio', packetsReceived, packetsLost, jitter }]]);
      return { getStats: async () => stats } as unknown as RTCPeerConnection;
    };
    const first = await qualityOf(look(100, 0, 0.001));
    assert.deepEqual([first?.word, first?.loss, first?.jitter], ['good', 0, 1]);
    const second = await qualityOf(look(190, 10, 0.001), first);
    assert.deepEqual([second?.word, second?.loss], ['poor', 0.1]);
    assert.equal((await qualityOf(look(290, 10, 0.035), second))?.word, 'fair');
    assert.equal((await qualityOf(look(390, 10, 0.08), second))?.word, 'poor');
  });
});

describe('the agent’s status', () => {
  it('A2 follows calls, and the next status applies after a call and can be unset', () => {
    const changes: string[] = [];
    const presence = new Presence(usualStatuses, { status: 'unavailable' }, ({ status, next }) =>
      changes.push(`${status} ${next ?? '-'}`),
    );
    assert.throws(() => presence.choose('in-call'), invalid);
    assert.throws(() => presence.chooseNext('break'), invalid);
    presence.choose('available');
    presence.follow('in-call');
    presence.follow('in-call');
    assert.throws(() => presence.choose('meal'), invalid);
    presence.chooseNext('meal');
    presence.chooseNext(undefined);
    presence.chooseNext('break');
    presence.follow('wrap-up');
    presence.follow(undefined);
    presence.follow(undefined);
    const expected = [
      'available -',
      'in-call -',
      'in-call meal',
      'in-call -',
      'in-call break',
      'wrap-up break',
      'break -',
    ];
    assert.deepEqual(changes, expected);
  });
});

describe('the store in the browser', () => {
  const day = 24 * 3600 * 1000;

  /** A browser's database, and its pages one after the other. */
  function browser(sealed?: SealedStore) {
    const keys = newKeys();
    const storage = sealed ?? { store: new MemoryStore(), crypto: sealing(() => keys) };
    const time = { at: 0 };
    const page = async (agentId = '101', scope = 'k', earlier?: Storage) => {
      const clock = { now: () => time.at };
      const store = new SipStore({ scope, clock, open: () => Promise.resolve(storage), earlier: () => earlier! });
      const presence = await store.open(agentId);
      return { store, presence };
    };
    const bytes = async () => {
      const rows = (await storage.store.all('sip')).map(({ value }) => value as { data: Uint8Array });
      return rows.map(({ data }) => new TextDecoder().decode(data)).join();
    };
    return { time, page, storage, bytes, rows: async () => (await storage.store.all('sip')).length };
  }
  const ids = (store: SipStore) => store.everything().map(({ session }) => session.id);

  it('A9 gives the same agent open sessions, ended ones for seven days, and the status', async () => {
    const { time, page } = browser();
    const first = await page();
    assert.equal(first.presence, undefined);
    first.store.keep(call('on', { createdAt: 5 * day }));
    first.store.keep(call('old', { place: 'over', endedAt: 1 }));
    first.store.keep(call('new', { place: 'over', endedAt: 4 * day }));
    first.store.keepPresence({ status: 'break' });
    await first.store.settled;
    time.at = 6 * day;
    const second = await page();
    assert.deepEqual(second.presence, { status: 'break' });
    assert.deepEqual(ids(second.store), ['old', 'new', 'on']);
    assert.deepEqual(
      second.store.unfinished().map(({ session }) => session.id),
      ['on'],
    );
  });

  it('S4 a name and a number stay in the browser for at most seven days, sealed, also for a call that never ended', async () => {
    const { time, page, bytes, rows } = browser();
    const { store } = await page();
    store.keep(call('crashed'));
    store.keep(call('over', { place: 'over', endedAt: 1 }));
    await store.settled;
    assert.equal(await rows(), 2);
    assert.ok(!(await bytes()).includes('+14155550123'));
    time.at = 7 * day + 1;
    // Another SIP user signs in on the same machine.
    const next = await page('102', 'another');
    await next.store.settled;
    assert.equal(await rows(), 0);
    const long = browser();
    const open = (await long.page()).store;
    open.keep(call('first', { place: 'over', endedAt: 1 }));
    long.time.at = 8 * day;
    open.keep(call('second', { createdAt: 8 * day }));
    await open.settled;
    assert.deepEqual([ids(open), await long.rows()], [['second'], 1]);
  });

  it('A9 gives another agent nothing', async () => {
    const { page, rows } = browser();
    const first = (await page()).store;
    first.keep(call('on'));
    await first.settled;
    const other = await page('102');
    assert.equal(other.presence, undefined);
    assert.deepEqual(ids(other.store), []);
    await other.store.settled;
    assert.equal(await rows(), 0);
  });

  it('S4 R25 keeps only the key of a call without a ticket once it is over, and refuses that key', async () => {
    const { page, rows } = browser();
    const { store } = await page();
    const silent = call('silent', { key: 'one wish' });
    silent.session.association = { contact: 'new', ticket: 'none', enteredNumber: false };
    store.keep(silent);
    await store.settled;
    store.keep({ ...silent, place: 'over', endedAt: 5 });
    await store.settled;
    assert.equal(await rows(), 1);
    const next = (await page()).store;
    assert.deepEqual([ids(next), next.refuses('one wish')], [[], true]);
  });

  it('F8 refuses a key for a day after it was cancelled, in the next page too, and keeps the newest thousand', async () => {
    const { time, page, rows } = browser();
    const first = (await page()).store;
    for (let at = 0; at <= 1000; at++) void first.refuse(`key ${at}`);
    await first.settled;
    assert.equal(await rows(), 1000);
    time.at = day - 1;
    const second = (await page()).store;
    assert.deepEqual(
      ['key 0', 'key 1', 'key 1000'].map((key) => second.refuses(key)),
      [false, true, true],
    );
    time.at = day + 1;
    const third = (await page()).store;
    assert.ok(!third.refuses('key 1000'));
    await third.settled;
    assert.equal(await rows(), 0);
  });

  it('A9 S4 takes over the unencrypted rows of an earlier version, of all SIP users, and removes them', async () => {
    const index = (sessions: object, agentId = '101') => ({
      format: 1,
      agentId,
      presence: { status: 'break' },
      sessions,
    });
    const earlier = {
      'ccai-sip:alex@a': JSON.stringify(index({ on: 0, lost: 0 })),
      'ccai-sip:alex@a:on': JSON.stringify(call('on')),
      'ccai-sip:noemie@a': JSON.stringify(index({ hers: 0 }, '102')),
      'ccai-sip:noemie@a:hers': JSON.stringify(call('hers')),
      'ccai-sip:broken': '{',
      'somebody else’s': 'stays',
    } as Record<string, string>;
    const storage = Object.defineProperties(earlier, {
      getItem: { value: (name: string) => earlier[name] ?? null },
      removeItem: { value: (name: string) => delete earlier[name] },
    }) as unknown as Storage;
    const { page } = browser();
    const { store, presence } = await page('101', 'ccai-sip:alex@a', storage);
    assert.deepEqual([ids(store), presence?.status], [['on'], 'break']);
    await store.settled;
    assert.deepEqual(Object.keys(earlier), ['somebody else’s']);
    assert.deepEqual(ids((await page('102', 'ccai-sip:noemie@a')).store), ['hers']);
    assert.deepEqual(ids((await page('101', 'ccai-sip:alex@a')).store), ['on']);
  });

  it('A9 works with a store that refuses', async () => {
    const refuse = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
    const { storage } = browser();
    Object.assign(storage.store, { all: refuse, commit: refuse });
    const { page } = browser(storage);
    const { store } = await page();
    store.keep(call('on'));
    await store.refuse('k');
    assert.deepEqual([ids(store), store.refuses('k')], [['on'], true]);
  });
});

describe('callers and REFER', () => {
  /** An INVITE as JsSIP parses it. */
  const invite = (user: string, host: string, headers: Record<string, string> = {}): IncomingRequest =>
    ({
      from: { display_name: '', uri: { user, host } },
      to: { uri: { user: 'alex', host: 'sip.example' } },
      getHeader: (name: string) => new Map([['call-id', 'call-1'], ...Object.entries(headers)]).get(name),
    }) as unknown as IncomingRequest;
  const caller = (request: IncomingRequest, more: Partial<SipOptions> = {}) =>
    callerOf(request, { ...options, ...more }, new Addresses({ ...options, ...more }));

  it('R29 a colleague calls from our domain; the same user of another domain is a stranger, and not authenticated', () => {
    const [ours, theirs] = [caller(invite('noemie', 'SIP.example')), caller(invite('noemie', 'evil.example'))];
    assert.deepEqual([ours.channel, ours.customer?.authenticated], ['internal-call', true]);
    assert.deepEqual([theirs.channel, theirs.customer?.authenticated], ['ivr-call', false]);
    assert.equal(theirs.customer?.identifier, 'noemie@evil.example');
  });

  it('A5 a caller’s own X-Session-ID is ignored, unless the options name it as the server’s header', () => {
    const request = invite('+14155550123', 'sip.example', { 'X-Session-ID': 'somebody-elses' });
    assert.equal(caller(request).id, 'call-1');
    assert.equal(caller(request, { headers: { session: 'X-Session-ID' } }).id, 'somebody-elses');
  });

  it('F14 a REFER calls only agents and queues of the directory, and only for a colleague of our domain', () => {
    const addresses = new Addresses(options);
    const at = (user: string, host = 'sip.example') => ({ user, host });
    assert.equal(addresses.ofReferral(at('noemie'), at('repairs')), 'sip:repairs@sip.example');
    for (const [by, to] of [
      [at('noemie', 'evil.example'), at('repairs')],
      [at('+14155550123'), at('repairs')],
      [at('noemie'), at('+19005550123')],
      [at('noemie'), at('911')],
      [at('noemie'), at('repairs', 'evil.example')],
    ] as const)
      assert.throws(() => addresses.ofReferral(by, to), invalid);
  });
});
