import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { accountLimit, endpointLimits, kindsOf, limitReport, type RequestKind } from '../../src/zendesk/rate-limits.js';
import { realTime } from '../../src/environment/environment.js';
import { RequestBudget } from '../../src/crm/http/request-budget.js';
import type { Priority } from '../../src/crm/http/request-queue.js';
import { steadyClock } from '../../src/crm/http/steady-clock.js';
import type { ZendeskResponse } from '../../src/zendesk/transport.js';
import { ZendeskApi } from '../../src/zendesk/zendesk-api.js';
import type { Control, Conditions, StandIn } from '../zendesk-stand-in/control.js';
import { errorOf, first, note, recordsOf, speed } from '../zendesk-stand-in/records-client.js';
import { startStandIn } from '../zendesk-stand-in/start-stand-in.js';

const hour = 3_600_000;

describe('limits in headers', () => {
  const spelt: Record<string, Record<string, string>> = {
    'x-rate-limit': { 'x-rate-limit': '700', 'x-rate-limit-remaining': '699', 'rate-limit-reset': '12' },
    'rate-limit': { 'rate-limit': '700', 'rate-limit-remaining': '699', 'rate-limit-reset': '12' },
    ratelimit: { 'ratelimit-limit': '700', 'ratelimit-remaining': '699', 'ratelimit-reset': '12' },
  };
  for (const [spelling, headers] of Object.entries(spelt))
    it(`B5 ${spelling} is read`, () =>
      assert.deepEqual(accountLimit(headers), { limit: 700, remaining: 699, resetSeconds: 12 }));

  it('B5 endpoint limits are read in both spellings', () => {
    const limit = { limit: 20, remaining: 0, resetSeconds: 59 };
    const headers = { 'zendesk-rate-limit-tickets-update': 'total=20; remaining=0; resets=59' };
    assert.deepEqual([...endpointLimits(headers)], [['tickets-update', limit]]);
    assert.deepEqual(
      [...endpointLimits({ 'zendesk-ratelimit-tickets-index': 'total=20; remaining=0; resets=59' })],
      [['tickets-index', limit]],
    );
    assert.deepEqual([...endpointLimits({ 'zendesk-ratelimit-odd': 'nonsense', other: 'total=1; remaining=1' })], []);
  });

  it('B5 a reset in more than an hour is read as an hour', () => {
    const resets = { 'ratelimit-limit': '7', 'ratelimit-remaining': '0', 'ratelimit-reset': '86400' };
    assert.equal(accountLimit(resets)?.resetSeconds, 3600);
  });
});

describe('RequestBudget with Zendesk’s limits', () => {
  const refused = (headers: Record<string, string> = {}) => ({ status: 429, headers, body: {} });
  const fine = (headers: Record<string, string>) => ({ status: 200, headers, body: {} });
  const zendeskBudget = () => {
    const budget = new RequestBudget();
    return {
      update: (kind: RequestKind, response: ZendeskResponse, now: number) =>
        budget.update(limitReport(kind, response, now), now),
      wait: (kind: RequestKind, priority: Priority, now: number) => budget.wait(kindsOf(kind), priority, now),
    };
  };

  it('B5 a Retry-After delays every request of the account', () => {
    const budget = zendeskBudget();
    budget.update('write', refused({ 'retry-after': '30' }), 1000);
    assert.equal(budget.wait('look-up', 'interactive', 1000), 30_000);
    assert.equal(budget.wait('write', 'background', 30_999), 1);
    assert.equal(budget.wait('write', 'background', 31_000), 0);
  });

  it('B5 the limit of one kind of request does not delay others while the account has budget left', () => {
    const budget = zendeskBudget();
    const left = { 'ratelimit-limit': '700', 'ratelimit-remaining': '600', 'retry-after': '600' };
    budget.update('write', refused(left), 0);
    assert.equal(budget.wait('write', 'interactive', 0), 600_000);
    assert.equal(budget.wait('look-up', 'interactive', 0), 0);
  });

  it('B5 a refusal without Retry-After delays only requests of its kind', () => {
    const budget = zendeskBudget();
    budget.update('update of /api/v2/tickets/900', refused(), 0);
    assert.equal(budget.wait('update of /api/v2/tickets/900', 'background', 0), 10_000);
    assert.equal(budget.wait('update of /api/v2/tickets/901', 'background', 0), 0);
    assert.equal(budget.wait('look-up', 'interactive', 0), 0);
  });

  it('B5 a used-up endpoint budget delays only requests to that endpoint', () => {
    const budget = zendeskBudget();
    budget.update('job', fine({ 'zendesk-ratelimit-inflight-jobs': 'total=30; remaining=0; resets=60' }), 0);
    assert.deepEqual([budget.wait('job', 'background', 0), budget.wait('write', 'interactive', 0)], [60_000, 0]);
    budget.update(
      'update of /api/v2/tickets/1',
      fine({ 'zendesk-rate-limit-tickets-update': 'total=100; remaining=0; resets=30' }),
      0,
    );
    assert.equal(budget.wait('update of /api/v2/tickets/2', 'background', 0), 30_000);
    assert.deepEqual([budget.wait('write', 'interactive', 0), budget.wait('look-up', 'interactive', 0)], [0, 0]);
  });

  it('B5 background requests leave the last 30 % of a budget', () => {
    const budget = zendeskBudget();
    const answer = fine({ 'ratelimit-limit': '100', 'ratelimit-remaining': '30', 'ratelimit-reset': '20' });
    budget.update('look-up', answer, 0);
    assert.equal(budget.wait('write', 'background', 0), 20_000);
    assert.equal(budget.wait('look-up', 'interactive', 0), 0);
    assert.equal(budget.wait('write', 'background', 20_000), 0);
  });
});

describe('a clock that is set back', () => {
  it('B5 makes no look-up wait for as long as the clock was ahead', async () => {
    let now = 1_000_000_000;
    const transport = {
      origin: 'https://x.example',
      send: async () => ({ status: 200, headers: {}, body: { users: [] } }),
    };
    const clock = { now: () => now };
    const api = new ZendeskApi(transport, {
      clock,
      steady: steadyClock(clock),
      timers: realTime.timers,
      requestsPerMinute: 3,
    });
    for (let at = 0; at < 3; at++) await api.get('/api/v2/users/search');
    now -= hour;
    const { retryAfter } = await errorOf(api.get('/api/v2/users/search'));
    assert.ok(retryAfter! <= 60, `${retryAfter} s`);
    now += 60_001;
    await api.get('/api/v2/users/search');
  });
});

describe('limits of an account', () => {
  let standIn: StandIn;
  let control: Control;
  before(async () => {
    standIn = await startStandIn({ speed });
    control = standIn.control;
  });
  after(() => standIn.close());

  for (const headers of ['x-rate-limit', 'rate-limit', 'ratelimit'] as const satisfies Conditions['headers'][])
    it(`B5 after a 429 (${headers}) nothing is sent until Zendesk takes requests again`, async () => {
      await control.reset();
      await control.setConditions({ accountPerMinute: 4, headers });
      const records = recordsOf(standIn);
      for (let at = 0; at < 4; at++) await records.getContact('101').catch(() => undefined);
      const error = await errorOf(records.getContact('101'));
      assert.equal(error.code, 'rate-limited');
      assert.ok(error.retryAfter! > 0 && error.retryAfter! <= 60, `${error.retryAfter} s`);
      const sent = (await control.requests()).length;
      await errorOf(records.getContact('101'));
      assert.equal((await control.requests()).length, sent, 'and the account was not asked again');
    });

  it('B5 a Retry-After that is a date is compared with Zendesk’s clock', async () => {
    await control.reset();
    await control.advance(7_200_000);
    const records = recordsOf(standIn);
    await control.failNext({ kind: 'status', status: 429, retryAfter: 30, asDate: true });
    const error = await errorOf(records.getContact('101'));
    assert.ok(error.retryAfter! >= 28 && error.retryAfter! <= 31, `${error.retryAfter} s`);
  });

  it('B5 the thirty-first update of a ticket in ten minutes waits, and look-ups go on', async () => {
    await control.reset({
      users: [{ id: 2001, name: 'Mia' }],
      tickets: [{ id: 900, requesterId: 2001, subject: 'Hot', status: 'open', assigneeId: 101, groupId: 501 }],
    });
    await control.setConditions({ perTicketLimit: true, accountPerMinute: 10_000 });
    const records = recordsOf(standIn);
    const write = (at: number) => ({ ...first(`k${at}`), ticketId: '900', comment: note(`${at}`) });
    for (let at = 0; at < 30; at++) {
      await control.advance(3000);
      assert.ok((await records.writeTickets([write(at)]))[0]!.ok, `update ${at}`);
    }
    await control.advance(3000);
    const [refused] = await records.writeTickets([write(30)]);
    assert.ok(refused && !refused.ok && refused.reason === 'rate-limited' && refused.outcome === 'not-applied');
    assert.ok(refused.retryAfter! > 0);
    assert.equal((await records.getTicket('900'))?.subject, 'Hot');
  });
});
