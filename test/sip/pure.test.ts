import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js';
import { Addresses, checkDigits } from '../../src/sip/addresses.js';
import { callerOf } from '../../src/sip/caller.js';
import { failReason, refusal } from '../../src/sip/fail-reasons.js';
import { newSession, type KnownSession } from '../../src/sip/known-session.js';
import type { SipOptions } from '../../src/sip/options.js';
import { Presence, usualStatuses } from '../../src/telephony/presence.js';
import { durationsOf, turn } from '../../src/telephony/sessions.js';
import { qualityOf } from '../../src/sip/quality.js';
import { SipMemory } from '../../src/sip/sip-memory.js';

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

function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

describe('what SIP says and is told', () => {
  it('F14 turns checked numbers and ids into addresses, and nothing else', () => {
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

  it('A4 takes the keys of a phone only, and not a transfer to oneself', () => {
    assert.equal(checkDigits('12*#,d'), '12*#,D');
    for (const words of ['hello', '', '1 2', '1'.repeat(65)]) assert.throws(() => checkDigits(words), invalid, words);
    const addresses = new Addresses(options);
    assert.throws(() => addresses.ofTarget({ kind: 'agent', id: '101', label: 'Alex' }), invalid);
    assert.throws(() => addresses.ofTarget({ kind: 'outside', id: '1', label: '' }), invalid);
  });

  it('R26 says of each SIP status what the platform would say', () => {
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

  it('X3 X4 X7 wait, talk and hold add up to the whole, also when a call ends on hold', () => {
    const one = call('1', { connectedAt: 4_000 });
    one.held = turn(one.held, true, 10_000);
    one.held = turn(one.held, false, 15_500);
    one.held = turn(one.held, true, 20_000);
    one.endedAt = 24_000;
    assert.deepEqual(durationsOf(one), { total: 24, wait: 4, hold: 9, talk: 11 });
    assert.deepEqual(durationsOf(call('2', { endedAt: 7_900 })), { total: 7, wait: 7, hold: 0, talk: 0 });
  });

  it('A8 puts loss and jitter since the last look into a word', async () => {
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

describe('the status that a platform keeps', () => {
  it('A2 is set by a call, and the next one takes force after it; both can be unchosen', () => {
    const said: string[] = [];
    const presence = new Presence(usualStatuses, { status: 'unavailable' }, ({ status, next }) =>
      said.push(`${status} ${next ?? '-'}`),
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
    const course = [
      'available -',
      'in-call -',
      'in-call meal',
      'in-call -',
      'in-call break',
      'wrap-up break',
      'break -',
    ];
    assert.deepEqual(said, course);
  });
});

describe('what is kept in the browser', () => {
  const day = 24 * 3600 * 1000;

  it('A9 is there again for the same agent: what is on, what has ended for 30 days, and the status', () => {
    const kept = storage();
    const first = new SipMemory(kept, 'k');
    assert.equal(first.open('101', 0), undefined);
    first.keep(call('on'));
    first.keep(call('old', { place: 'over', endedAt: 1 }));
    first.keep(call('new', { place: 'over', endedAt: 20 * day }));
    first.keepPresence({ status: 'break' });
    const second = new SipMemory(kept, 'k');
    assert.deepEqual(second.open('101', 29 * day), { status: 'break' });
    assert.deepEqual(
      second.unfinished().map(({ session }) => session.id),
      ['on'],
    );
    assert.equal(second.everything().length, 3);
    second.open('101', 31 * day);
    assert.equal(second.find('old'), undefined);
    assert.equal(second.find('new')?.session.id, 'new');
    assert.ok(!kept.kept.has('k:old'));
  });

  it('A9 is not another agent’s', () => {
    const kept = storage();
    const first = new SipMemory(kept, 'k');
    first.open('101', 0);
    first.keep(call('on'));
    const other = new SipMemory(kept, 'k');
    assert.equal(other.open('102', 0), undefined);
    assert.deepEqual(other.everything(), []);
    assert.ok(!kept.kept.has('k:on'));
  });

  it('S4 R25 has nothing of a call without a ticket once it is over, and does without a storage that refuses', () => {
    const kept = storage();
    const memory = new SipMemory(kept, 'k');
    memory.open('101', 0);
    const silent = call('silent');
    silent.session.association = { contact: 'new', ticket: 'none', enteredNumber: false };
    memory.keep(silent);
    assert.ok(kept.kept.get('k:silent')?.includes('+14155550123'));
    memory.keep({ ...silent, place: 'over', endedAt: 5 });
    assert.ok(![...kept.kept.values()].join().includes('silent'));
    const refuse = (): never => {
      throw new DOMException('', 'QuotaExceededError');
    };
    const full = new SipMemory({ getItem: refuse, setItem: refuse, removeItem: refuse }, 'k');
    assert.equal(full.open('101', 0), undefined);
    full.keep(call('on'));
  });
});

describe('who calls, and who may move a call', () => {
  /** An INVITE as JsSIP reads it. */
  const invite = (user: string, host: string, headers: Record<string, string> = {}): IncomingRequest =>
    ({
      from: { display_name: '', uri: { user, host } },
      to: { uri: { user: 'alex', host: 'sip.example' } },
      getHeader: (name: string) => new Map([['call-id', 'call-1'], ...Object.entries(headers)]).get(name),
    }) as unknown as IncomingRequest;
  const caller = (request: IncomingRequest, more: Partial<SipOptions> = {}) =>
    callerOf(request, { ...options, ...more }, new Addresses({ ...options, ...more }));

  it('R29 a colleague calls from our domain: the same user of another is a stranger, and not authenticated', () => {
    const [ours, theirs] = [caller(invite('noemie', 'SIP.example')), caller(invite('noemie', 'evil.example'))];
    assert.deepEqual([ours.channel, ours.customer?.authenticated], ['internal-call', true]);
    assert.deepEqual([theirs.channel, theirs.customer?.authenticated], ['ivr-call', false]);
    assert.equal(theirs.customer?.identifier, 'noemie@evil.example');
  });

  it('A5 a caller’s own X-Session-ID is not believed, unless the options name it as the server’s', () => {
    const request = invite('+14155550123', 'sip.example', { 'X-Session-ID': 'somebody-elses' });
    assert.equal(caller(request).id, 'call-1');
    assert.equal(caller(request, { headers: { session: 'X-Session-ID' } }).id, 'somebody-elses');
  });

  it('F14 a REFER calls nobody but the directory, and only for a colleague of our domain', () => {
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
