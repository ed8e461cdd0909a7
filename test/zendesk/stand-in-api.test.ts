import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Control } from '../zendesk-stand-in/control.js';
import { startStandIn } from '../zendesk-stand-in/start-stand-in.js';

const day = 86_400_000;
const ids = { grace: 1001, ticket: 1 };
// The tests read the API's responses without types.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

describe('stand-in', () => {
  let standIn: Awaited<ReturnType<typeof startStandIn>>;
  let control: (typeof standIn)['control'];

  async function call(
    method: string,
    path: string,
    body?: unknown,
    { user = 102, headers = {} as Record<string, string> } = {},
  ) {
    const response = await fetch(`${standIn.url}/api/v2${path}`, {
      method,
      headers: {
        authorization: `Bearer agent-${user}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = text && response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Json };
  }
  const get = (path: string, user?: number) => call('GET', path, undefined, { user });
  const put = (ticket: object, id = ids.ticket) => call('PUT', `/tickets/${id}`, { ticket });
  const note = (body: string) => ({ comment: { body, public: false } });
  const searched = async (query: string) => (await get(`/search.json?query=${encodeURIComponent(query)}`)).body.results;
  const written = async () =>
    (await control.auditLog()).map((one) => `${one.by} ${one.what} ${one.ticketId ?? one.userId ?? ''}`.trim());
  async function finished(reply: { body: Json }) {
    await control.advance(60_000);
    return (await get(`/job_statuses/${reply.body.job_status.id}`)).body.job_status;
  }

  before(async () => {
    standIn = await startStandIn();
    control = standIn.control;
  });
  after(() => standIn.close());
  beforeEach(() =>
    control.reset({
      users: [{ name: 'Grace Lindqvist', phone: '+15135557611' }],
      tickets: [{ requesterId: ids.grace, subject: 'Bent lever', age: day, assigneeId: 102 }],
    }),
  );

  it('stand-in: refuses undocumented requests and names the undocumented part', async () => {
    const create = (ticket: object) => call('POST', '/tickets', { ticket });
    const wrong = [
      [await get('/tickets/1/comments'), 'GET /api/v2/tickets/1/comments'],
      [await get('/organizations'), 'GET /api/v2/organizations'],
      [await get('/tickets/1?include=users'), 'parameter include'],
      [await create({ ...note('a'), colour: 'red' }), 'body.ticket.colour is not documented'],
      [await create({ comment: { body: 'a', public: 'no' } }), 'body.ticket.comment.public must be true or false'],
      [await create({ ...note('a'), requester_id: '1001' }), 'body.ticket.requester_id must be an id (a number)'],
      [await get('/tickets/1/audits?page[size]=101'), 'page[size] must be 1 to 100'],
      [await get('/search?query=organization:x'), 'search: organization:'],
    ] as const;
    for (const [reply, what] of wrong) {
      assert.equal(reply.status, 400, what);
      assert.deepEqual(reply.body, { error: 'NotDocumented', description: what });
    }
    const refused = (await control.requests()).map((one) => one.refused);
    assert.deepEqual(
      refused,
      wrong.map(([, what]) => what),
    );
    assert.deepEqual(await written(), []);
  });

  it('stand-in: accepts agents by token and by session, until they are signed out', async () => {
    const asked = (headers: Record<string, string>) => fetch(`${standIn.url}/api/v2/groups`, { headers });
    assert.equal((await asked({})).status, 401);
    assert.equal((await asked({ authorization: 'Bearer agent-9' })).status, 401);
    assert.equal((await asked({ authorization: 'Bearer agent-1001' })).status, 403);
    assert.equal((await asked({ cookie: 'a=b; stand_in_user=103' })).status, 200);
    await control.signOut();
    const out = await asked({ cookie: 'stand_in_user=103' });
    assert.deepEqual([out.status, await out.json()], [401, { error: "Couldn't authenticate you" }]);
    await control.signIn();
    assert.equal((await asked({ cookie: 'stand_in_user=103' })).status, 200);
  });

  it('stand-in: only administrators make fields and save settings', async () => {
    const field = { ticket_field: { type: 'text', title: 'Queue' } };
    assert.equal((await call('POST', '/ticket_fields', field)).status, 403);
    const made = await call('POST', '/ticket_fields', field, { user: 101 });
    assert.equal(made.status, 201);
    const settings = { settings: { settings: '{"S1":true}' } };
    assert.equal((await call('PUT', '/apps/installations/9001.json', settings)).status, 403);
    assert.equal((await call('PUT', '/apps/installations/9001.json', settings, { user: 101 })).status, 200);
    assert.deepEqual(await control.settings(), { settings: '{"S1":true}' });
    assert.deepEqual(await written(), ['api field.created', 'api settings.saved']);
  });

  it('stand-in: hides a ticket from agents outside its group', async () => {
    const id = await control.addTicket({ requesterId: ids.grace, subject: 'Secret', groupId: 503, hidden: true });
    assert.equal((await get(`/tickets/${id}`)).status, 403);
    assert.equal((await get(`/tickets/${id}`, 101)).status, 200);
    assert.deepEqual(await searched('type:ticket secret'), []);
    assert.equal((await get('/users/1001/tickets/requested')).body.count, 1);
  });

  it('stand-in: a number is a direct line for its first user, and shared for the next', async () => {
    const make = async (phone: string) => (await call('POST', '/users', { user: { name: 'A', phone } })).body.user;
    assert.equal((await make('+493012345678')).shared_phone_number, false);
    assert.equal((await make('+493012345678')).shared_phone_number, true);
    assert.equal((await make('0171 234567')).shared_phone_number, true);
    const { identities } = (await get('/users/1002/identities')).body;
    assert.deepEqual([identities[0].type, identities[0].value], ['phone_number', '+493012345678']);
    const identity = { type: 'phone_number', value: '+493012345678' };
    assert.equal((await call('POST', '/users/1003/identities', { identity })).status, 422);
  });

  it('stand-in: an external id is unique, and create_or_update matches on it', async () => {
    const user = { name: 'A', external_id: 'call-1' };
    assert.equal((await call('POST', '/users', { user })).status, 201);
    const again = await call('POST', '/users', { user });
    assert.deepEqual([again.status, again.body.error], [422, 'RecordInvalid']);
    assert.equal(again.body.details.external_id[0].error, 'DuplicateValue');
    const updated = await call('POST', '/users/create_or_update', { user: { ...user, name: 'B' } });
    assert.deepEqual([updated.status, updated.body.user.name], [200, 'B']);
    assert.equal((await get('/users/search?external_id=call-1')).body.users[0].name, 'B');
    assert.deepEqual(await written(), ['api user.created 1002', 'api user.updated 1002']);
  });

  it('stand-in: finds users by the end of their number, in any stored form', async () => {
    await control.reset({ sample: true });
    const names = async (query: string) => (await searched(query)).map((one: Json) => one.name);
    assert.deepEqual(await names('role:end-user phone:*5135557612'), ['Tom Bradley']);
    assert.deepEqual(await names('role:end-user phone:*7700900123'), ['Priya Natarajan']);
    assert.deepEqual((await names('type:user phone:+493012345678')).sort(), ['Jonas Schneider', 'Karin Schneider']);
    assert.deepEqual(await names('type:user email:tom@bradley.example'), ['Tom Bradley']);
    assert.deepEqual(await names('role:end-user "élodie dub"'), ['Élodie Dubois-Lefèvre']);
    const found = await searched('type:ticket status<solved requester:1014 flicker');
    assert.deepEqual(
      found.map((one: Json) => one.subject),
      ['Lights flicker in the rain'],
    );
    assert.equal((await searched('type:ticket tags:closed_by_merge')).length, 1);
  });

  it('stand-in: search lags for new and changed records, and reading does not', async () => {
    await control.setConditions({ indexLagMs: 30_000 });
    await call('POST', '/tickets', { ticket: { ...note('Flat tyre'), subject: 'Tyre', external_id: 'x-1' } });
    await put({ tags: ['Urgent'] });
    assert.deepEqual(await searched('type:ticket tyre'), []);
    assert.deepEqual(await searched('type:ticket tags:urgent'), []);
    assert.equal((await get('/tickets.json?external_id=x-1')).body.tickets.length, 1);
    assert.deepEqual((await get('/tickets/1')).body.ticket.tags, ['urgent']);
    await control.advance(30_000);
    assert.equal((await searched('type:ticket tyre')).length, 1);
    assert.equal((await searched('type:ticket tags:urgent')).length, 1);
  });

  it('stand-in: lists page by cursor and by offset', async () => {
    for (let index = 0; index < 4; index++)
      await control.addTicket({ requesterId: ids.grace, subject: `T${index}`, age: (4 - index) * 60_000 });
    const list = '/users/1001/tickets/requested';
    let next: string | null = `${list}?page[size]=2&sort=-updated_at`;
    const seen: number[] = [];
    while (next) {
      const { body } = await get(next.replace(`${standIn.url}/api/v2`, ''));
      seen.push(...body.tickets.map((one: Json) => one.id));
      assert.equal(body.meta.has_more, body.links.next !== null);
      next = body.links.next;
    }
    assert.deepEqual(seen, [5, 4, 3, 2, 1]);
    const second = (await get(`${list}?per_page=2&page=2&sort_by=updated_at&sort_order=asc`)).body;
    assert.deepEqual(
      second.tickets.map((one: Json) => one.id),
      [3, 4],
    );
    assert.match(second.next_page, /page=3/);
  });

  it('stand-in: a ticket follows the rules of status, assignment and fields', async () => {
    const made = await call('POST', '/tickets', { ticket: { ...note('a'), requester_id: ids.grace } });
    assert.equal(made.status, 201);
    const { id } = made.body.ticket;
    assert.equal(made.headers.get('location'), made.body.ticket.url);
    assert.equal(made.body.ticket.status, 'new');
    assert.equal((await put({ status: 'solved' }, id)).status, 422);
    assert.equal((await put({ assignee_id: ids.grace }, id)).status, 422);
    assert.equal((await put({ assignee_id: 103, group_id: 501 }, id)).status, 422);
    const assigned = (await put({ assignee_id: 103 }, id)).body.ticket;
    assert.deepEqual([assigned.status, assigned.group_id, assigned.custom_status_id], ['open', 502, 802]);
    assert.equal((await put({ status: 'new' }, id)).status, 422);
    const waits = (await put({ custom_status_id: 806 }, id)).body.ticket;
    assert.deepEqual([waits.status, waits.custom_status_id], ['pending', 806]);
    const fields = [
      { id: 303, value: true },
      { id: 999, value: 'x' },
    ];
    assert.deepEqual((await put({ custom_fields: fields }, id)).body.ticket.tags, ['warranty']);
    assert.equal((await control.requests()).at(-1)!.refused, 'custom field 999 is unknown: ignored (I)');
    assert.equal((await put({ custom_fields: [{ id: 302, value: 'soon' }] }, id)).status, 422);
    await control.requireField(301);
    assert.equal((await put({ status: 'solved' }, id)).status, 422);
    const solved = await put({ status: 'solved', custom_fields: [{ id: 301, value: 'VL-1' }] }, id);
    assert.equal(solved.body.ticket.status, 'solved');
  });

  it('stand-in: a refused change has no effect', async () => {
    const was = await control.ticket(ids.ticket);
    assert.equal((await put({ subject: 'Other', ...note('x'), assignee_id: ids.grace })).status, 422);
    assert.deepEqual(await control.ticket(ids.ticket), was);
    assert.deepEqual(await written(), []);
  });

  it('stand-in: audits have the changes and the metadata', async () => {
    await put({ ...note('Called back'), status: 'pending', metadata: { call: 'c-1' } });
    const { audits } = (await get('/tickets/1/audits?page[size]=100')).body;
    const last = audits.at(-1);
    assert.deepEqual(last.metadata.custom, { call: 'c-1' });
    assert.equal(last.author_id, 102);
    const [comment, status] = last.events;
    assert.deepEqual([comment.type, comment.body, comment.public], ['Comment', 'Called back', false]);
    assert.deepEqual([status.type, status.field_name, status.previous_value], ['Change', 'status', 'open']);
    assert.equal((await put({ ...note('b'), metadata: { long: 'x'.repeat(1100) } })).status, 422);
    const [entry] = await control.auditLog();
    assert.deepEqual(entry!.comment, { body: 'Called back', public: false, authorId: 102 });
    assert.deepEqual(entry!.metadata, { call: 'c-1' });
  });

  it('stand-in: a stamp is compared in whole seconds', async () => {
    const { updated_at: stamp } = await control.ticket(ids.ticket);
    assert.match(String(stamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const safe = { safe_update: true, updated_stamp: stamp };
    const moved = await put({ ...note('a'), ...safe });
    assert.equal(moved.status, 200);
    const late = await put({ ...note('b'), ...safe });
    assert.deepEqual([late.status, late.body.error], [409, 'UpdateConflict']);
    // A stamp does not distinguish changes within one second.
    await control.advance(1000 - (Number(await control.now()) % 1000) + 5);
    const first = await put(note('c'));
    const same = { safe_update: true, updated_stamp: first.body.ticket.updated_at };
    assert.equal((await put({ ...note('d'), ...same })).status, 200);
    assert.equal((await put({ ...note('e'), ...same })).status, 200);
  });

  it('stand-in: a closed ticket refuses updates, and a follow-up names it', async () => {
    const followUp = { ...note('again'), via_followup_source_id: ids.ticket };
    assert.equal((await call('POST', '/tickets', { ticket: followUp })).status, 422);
    await control.change(ids.ticket, { status: 'closed' });
    const refused = await put(note('late'));
    const status = [{ description: 'Status: closed prevents ticket update' }];
    assert.deepEqual(
      [refused.status, refused.body],
      [422, { error: 'RecordInvalid', description: 'Record validation errors', details: { status } }],
    );
    const made = (await call('POST', '/tickets', { ticket: followUp })).body.ticket;
    assert.deepEqual([made.via.source.rel, made.via.source.from.ticket_id], ['follow_up', ids.ticket]);
    assert.deepEqual((await control.ticket(ids.ticket)).followup_ids, [made.id]);
  });

  it('stand-in: a creation with a key happens once, for the same body and two hours', async () => {
    const make = (body: string, key = 'Idempotency-Key') =>
      call('POST', '/tickets', { ticket: note(body) }, { headers: { [key]: 'k-1' } });
    const first = await make('a');
    assert.equal(first.headers.get('x-idempotency-lookup'), 'miss');
    const again = await make('a', 'idempotency-key');
    assert.equal(again.headers.get('x-idempotency-lookup'), 'hit');
    assert.deepEqual(again.body, first.body);
    const other = await make('b');
    assert.deepEqual([other.status, other.body.error], [400, 'IdempotentRequestError']);
    await control.advance(2 * 3_600_000);
    assert.notEqual((await make('a')).body.ticket.id, first.body.ticket.id);
    const keys = (await control.auditLog()).map((one) => one.idempotencyKey);
    assert.deepEqual(keys, ['k-1', 'k-1']);
  });

  it('stand-in: a key whose request is still in flight answers 409', async () => {
    await control.setConditions({ latencyMs: 200 });
    const make = () => call('POST', '/tickets', { ticket: note('a') }, { headers: { 'idempotency-key': 'k' } });
    const replies = await Promise.all([make(), make()]);
    assert.deepEqual(replies.map((one) => one.status).sort(), [201, 409]);
    assert.deepEqual(await written(), ['api ticket.created 2']);
  });

  it('stand-in: a bulk change runs as a job, ticket by ticket, with failures for single tickets', async () => {
    const closed = await control.addTicket({ requesterId: ids.grace, subject: 'Old', status: 'closed' });
    const change = { ticket: { additional_tags: ['Spring'] } };
    const reply = await call('PUT', `/tickets/update_many.json?ids=1,${closed},77`, change);
    const { id, status, progress, total } = reply.body.job_status;
    assert.deepEqual([status, progress, total], ['queued', null, 3]);
    assert.equal(reply.headers.get('zendesk-ratelimit-inflight-jobs'), 'total=30; remaining=29; resets=60');
    await control.advance(60);
    // How far the job is by then depends on the machine's speed.
    assert.match((await get(`/job_statuses/${id}`)).body.job_status.message, /^Updating ticket #\d$/);
    const job = await finished(reply);
    assert.deepEqual(job.results[0], { action: 'update', status: 'Updated', success: true, id: 1 });
    const failed = job.results.slice(1).map((one: Json) => [one.success, one.error, one.details]);
    assert.deepEqual(failed, [
      [false, 'RecordInvalid', 'Status: closed prevents ticket update'],
      [false, 'RecordNotFound', 'Not found'],
    ]);
    assert.deepEqual((await control.ticket(1)).tags, ['spring']);
    const many = Array.from({ length: 101 }, (_, index) => index + 1).join(',');
    assert.equal((await call('PUT', `/tickets/update_many?ids=${many}`, change)).body.error, 'TooManyValues');
  });

  it('stand-in: a batch fails for a ticket that was changed meanwhile', async () => {
    const other = await control.addTicket({ requesterId: ids.grace, subject: 'Other' });
    const tickets = [ids.ticket, other].map((id) => ({ id, ...note('batch') }));
    const reply = await call('PUT', '/tickets/update_many', { tickets });
    await control.comment(other, 'I was faster', 103);
    const { results } = await finished(reply);
    assert.deepEqual(
      results.map((one: Json) => one.error),
      [undefined, 'UpdateConflict'],
    );
    const bodies = (await control.comments(other)).map((one) => one.body);
    assert.deepEqual(bodies, ['Other', 'I was faster']);
  });

  it('stand-in: the number of running jobs is limited, and jobs can have faults', async () => {
    await control.setConditions({ jobs: 1, jobMsPerTicket: 1000 });
    const change = () => call('PUT', '/tickets/update_many?ids=1', { ticket: { tags: ['a'] } });
    const first = await change();
    const second = await change();
    assert.deepEqual([second.status, second.body.error], [429, 'TooManyJobs']);
    assert.deepEqual(second.body.current_job_ids, [first.body.job_status.id]);
    await control.advance(5000);
    await control.failNext({ kind: 'job-fails', ticketIds: [1] });
    const third = await change();
    assert.equal((await finished(third)).results[0].success, false);
    await control.failNext({ kind: 'too-many-jobs' });
    assert.equal((await get('/tickets/1')).status, 200);
    assert.equal((await change()).status, 429);
  });

  it('stand-in: a merge closes the source and comments on both tickets; chains are possible', async () => {
    const b = await control.addTicket({ requesterId: ids.grace, subject: 'B' });
    const c = await control.addTicket({ requesterId: ids.grace, subject: 'C' });
    await control.merge(ids.ticket, b);
    const reply = await call('POST', `/tickets/${c}/merge`, { ids: [b] });
    assert.equal((await finished(reply)).results[0].success, true);
    const source = await control.ticket(ids.ticket);
    assert.deepEqual([source.status, source.tags], ['closed', ['closed_by_merge']]);
    assert.equal(
      (await control.comments(ids.ticket)).at(-1)!.body,
      `This request was closed and merged into request #${b} "B".`,
    );
    assert.equal(
      (await control.comments(c)).at(-1)!.body,
      `Request #${b} "B" was closed and merged into this request.`,
    );
    const viaOf = async (id: number) =>
      (await get(`/tickets/${id}/audits`)).body.audits
        .map((one: Json) => one.via.source)
        .filter((one: Json) => one.rel === 'merge')
        .map((one: Json) => one.from.ticket_id ?? one.from.ticket_ids);
    assert.deepEqual(await viaOf(ids.ticket), [b]);
    assert.deepEqual(await viaOf(b), [[ids.ticket], c]);
    assert.deepEqual(await viaOf(c), [[b]]);
    assert.equal((await put(note('x'))).status, 422);
  });

  it('stand-in: a deleted record is gone for the API and for search, and its number is free', async () => {
    await control.deleteTicket(ids.ticket);
    assert.equal((await get(`/tickets/${ids.ticket}`)).status, 404);
    assert.equal((await put(note('x'))).status, 404);
    await control.deleteUser(ids.grace);
    assert.equal((await get(`/users/${ids.grace}`)).body.user.active, false);
    assert.deepEqual((await get('/search?query=role:end-user phone:*5135557611')).body.results, []);
    const again = await call('POST', '/users', { user: { name: 'Grace', phone: '+15135557611' } });
    assert.equal(again.body.user.shared_phone_number, false);
    await assert.rejects(control.deleteTicket(ids.ticket), /RecordNotFound/);
    assert.deepEqual((await written()).slice(0, 2), [
      `person ticket.deleted ${ids.ticket}`,
      `person user.deleted ${ids.grace}`,
    ]);
  });

  it('stand-in: has voice endpoints only with Talk Partner Edition', async () => {
    const voice = { from: '+15135557611', to: '+18005550100', call_duration: 30 };
    const ticket = { via_id: 45, requester_id: ids.grace, voice_comment: voice };
    const made = await call('POST', '/channels/voice/tickets', { display_to_agent: 102, ticket });
    assert.equal(made.status, 201);
    const { via, id } = made.body.ticket;
    assert.deepEqual([via.channel, via.source.rel], ['voice', 'inbound']);
    const [event] = (await get(`/tickets/${id}/audits`)).body.audits[0].events;
    assert.deepEqual([event.type, event.data.from, event.data.call_duration], ['VoiceComment', voice.from, 30]);
    const shown = await call('POST', '/channels/voice/agents/102/tickets/1/display');
    assert.deepEqual([shown.status, shown.body], [200, '']);
    assert.equal((await call('POST', '/channels/voice/agents/102/tickets/99/display')).status, 404);
    assert.equal((await call('POST', '/channels/voice/agents/102/users/1001/display')).status, 200);
    assert.deepEqual(await written(), [
      ...['api ticket.created 2', 'api ticket.displayed 2', 'api ticket.displayed 1', 'api user.displayed 1001'],
    ]);
    await control.setConditions({ voice: false });
    assert.equal((await call('POST', '/channels/voice/agents/102/tickets/1/display')).status, 404);
  });

  it('stand-in: the account and the app have limits, reported in the chosen spelling', async () => {
    await control.setConditions({ accountPerMinute: 2, headers: 'rate-limit' });
    const first = await get('/groups');
    assert.deepEqual(
      ['rate-limit', 'rate-limit-remaining', 'rate-limit-reset'].map((name) => first.headers.get(name)),
      ['2', '1', '60'],
    );
    await get('/groups');
    const full = await get('/groups');
    assert.equal(full.status, 429);
    assert.ok(Number(full.headers.get('retry-after')) >= 59);
    await control.advance(60_000);
    assert.equal((await get('/groups')).status, 200);
    // The app's limit counts sessions, for each user separately.
    await control.setConditions({ accountPerMinute: undefined, appPerMinute: 1, headers: 'ratelimit' });
    const session = (user: number) =>
      fetch(`${standIn.url}/api/v2/groups`, { headers: { cookie: `stand_in_user=${user}` } });
    assert.equal((await session(102)).headers.get('ratelimit-limit'), '1');
    assert.deepEqual([(await session(102)).status, (await session(103)).status], [429, 200]);
  });

  it('stand-in: updates have a limit for the account, and one for each user and ticket', async () => {
    await control.setConditions({ ticketUpdatesPerMinute: 2, headers: 'x-rate-limit' });
    const first = await put(note('1'));
    assert.match(first.headers.get('zendesk-rate-limit-tickets-update')!, /^total=2; remaining=1; resets=(60|59)$/);
    await put(note('2'));
    assert.equal((await put(note('3'))).status, 429);
    await control.setConditions({ ticketUpdatesPerMinute: undefined, perTicketLimit: true });
    for (let index = 0; index < 30; index++) assert.equal((await put(note(`${index}`))).status, 200);
    const full = await put(note('31'));
    assert.deepEqual([full.status, Number(full.headers.get('retry-after')) > 500], [429, true]);
    assert.equal((await call('PUT', '/tickets/1', { ticket: note('other') }, { user: 101 })).status, 200);
  });

  it('stand-in: connections are cut before and after applying, in the ordered sequence', async () => {
    const match = { method: 'PUT', path: '/tickets/\\d+' } as const;
    await control.failNext({ kind: 'cut-before' }, match);
    await control.failNext({ kind: 'cut-after' }, match);
    await assert.rejects(put(note('never')));
    await assert.rejects(put(note('unheard')));
    assert.equal((await put(note('fine'))).status, 200);
    const bodies = (await control.comments(ids.ticket)).map((one) => one.body);
    assert.deepEqual(bodies.slice(1), ['unheard', 'fine']);
    const updates = (await control.requests()).filter((one) => one.method === 'PUT');
    assert.deepEqual(
      updates.map((one) => one.status),
      [undefined, undefined, 200],
    );
  });

  it('stand-in: a late request is applied to the state at that time', async () => {
    const { updated_at } = await control.ticket(ids.ticket);
    const late = { kind: 'late', afterMs: 5000 } as const;
    await control.failNext(late, {}, 2);
    await assert.rejects(put({ ...note('stale'), safe_update: true, updated_stamp: updated_at }));
    await assert.rejects(put(note('blind')));
    assert.equal((await put(note('now'))).status, 200);
    await control.advance(5000);
    const bodies = (await control.comments(ids.ticket)).map((one) => one.body);
    assert.deepEqual(bodies.slice(1), ['now', 'blind']);
  });

  it('stand-in: a late creation whose key was used meanwhile makes nothing', async () => {
    const make = () => call('POST', '/tickets', { ticket: note('a') }, { headers: { 'idempotency-key': 'k' } });
    await control.failNext({ kind: 'late', afterMs: 5000 });
    await assert.rejects(make());
    assert.equal((await make()).headers.get('x-idempotency-lookup'), 'miss');
    await control.advance(5000);
    assert.deepEqual(await written(), ['api ticket.created 2']);
  });

  it('stand-in: faults replace responses: statuses, a proxy’s pages, silence', async () => {
    await control.failNext({ kind: 'status', status: 429, retryAfter: 7 });
    const often = await put(note('a'));
    assert.deepEqual([often.status, often.headers.get('retry-after')], [429, '7']);
    await control.failNext({ kind: 'status', status: 503, retryAfter: 60, asDate: true });
    const dated = (await put(note('b'))).headers;
    assert.equal(Date.parse(dated.get('retry-after')!) - Date.parse(dated.get('date')!), 60_000);
    await control.failNext({ kind: 'html', status: 200 });
    const page = await put(note('c'));
    assert.match(page.headers.get('content-type')!, /^text\/html/);
    assert.match(page.body, /^<!DOCTYPE html>/);
    await control.failNext({ kind: 'status-after', status: 502 });
    assert.equal((await put(note('d'))).status, 502);
    await control.failNext({ kind: 'silent' });
    const silent = fetch(`${standIn.url}/api/v2/groups`, {
      headers: { authorization: 'Bearer agent-102' },
      signal: AbortSignal.timeout(100),
    });
    await assert.rejects(silent, { name: 'TimeoutError' });
    assert.deepEqual(
      (await control.comments(ids.ticket)).slice(1).map((one) => one.body),
      ['d'],
    );
  });

  it('stand-in: random faults are the same for the same seed', async () => {
    const faults = [
      { kind: 'status', status: 500 },
      { kind: 'status', status: 503 },
    ] as const;
    const drawn = async () => {
      await control.setConditions({ random: { share: 0.5, faults, match: { path: '/groups' }, seed: 7 } });
      const statuses: number[] = [];
      for (let index = 0; index < 20; index++) statuses.push((await get('/groups')).status);
      return statuses;
    };
    const first = await drawn();
    assert.deepEqual(await drawn(), first);
    assert.deepEqual(new Set(first), new Set([200, 500, 503]));
    assert.equal((await get('/brands')).status, 200);
  });

  it('stand-in: latency and dates follow the account’s clock', async () => {
    await control.advance(3 * day);
    const { headers } = await get('/groups');
    assert.ok(Math.abs(Date.parse(headers.get('date')!) - Date.now() - 3 * day) < 5000);
    await control.setConditions({ latencyMs: 60_000 });
    const slow = put(note('slow'));
    while ((await control.requests()).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await control.advance(30_000);
    assert.equal((await control.comments(ids.ticket)).length, 2);
    await control.advance(30_000);
    assert.equal((await slow).status, 200);
  });

  it('stand-in: its control works over HTTP, for any origin', async () => {
    const hands = async (method: string, ...args: unknown[]) => {
      const body = JSON.stringify({ method, args });
      const response = await fetch(`${standIn.url}/stand-in/control`, { method: 'POST', body });
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
      return { status: response.status, ...((await response.json()) as { result?: Json; error?: string }) };
    };
    await hands('comment', ids.ticket, 'By hand', 103);
    const { result } = await hands('auditLog');
    assert.deepEqual([result[0].by, result[0].actor, result[0].comment.public], ['person', '103', false]);
    assert.equal((await hands('change', ids.ticket, { status: 'closed' })).status, 200);
    const refused = await hands('comment', ids.ticket, 'Too late');
    assert.deepEqual([refused.status, refused.error], [500, 'RecordInvalid: Status: closed prevents ticket update']);
    await hands('setConditions', { accountPerMinute: 0 });
    assert.equal((await get('/groups')).status, 429);
    await hands('setConditions', { accountPerMinute: null });
    assert.equal((await get('/groups')).status, 200);
    assert.equal((await hands('fly')).error, 'Control has no fly');
    const preflight = await fetch(`${standIn.url}/stand-in/control`, { method: 'OPTIONS' });
    assert.equal(preflight.status, 204);
  });

  it('stand-in: serves the app’s files and the SDK from another site', async () => {
    const sdk = await fetch(`${standIn.appUrl}/zaf_sdk.js`);
    assert.match(sdk.headers.get('content-type')!, /^text\/javascript/);
    assert.match(await sdk.text(), /var ZAFClient = /);
    assert.equal((await fetch(`${standIn.appUrl}/app/manifest.json`)).status, 404);
    const appFolder = await mkdtemp(join(tmpdir(), 'stand-in-api-'));
    const cdn = 'https://static.zdassets.com';
    const script = `<script src="${cdn}/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js"></script>`;
    const policy = `<meta http-equiv="Content-Security-Policy" content="script-src 'self' ${cdn}" />`;
    await writeFile(join(appFolder, 'index.html'), policy + script);
    const other = await startStandIn({ appFolder });
    try {
      const page = await fetch(`${other.appUrl}/app/index.html?origin=x`);
      assert.match(page.headers.get('content-type')!, /^text\/html/);
      const text = await page.text();
      assert.ok(text.includes('<script src="/zaf_sdk.js">') && !text.includes(cdn), text);
      assert.equal((await fetch(`${other.appUrl}/app/..%2f..%2fetc%2fpasswd`)).status, 404);
    } finally {
      await other.close();
      await rm(appFolder, { recursive: true });
    }
    assert.notEqual(new URL(standIn.appUrl).hostname, new URL(standIn.url).hostname);
  });

  it('stand-in: closes although a request waits that it never answers', async () => {
    const other = await startStandIn();
    const control: Control = other.control;
    await control.failNext({ kind: 'silent' });
    const waiting = assert.rejects(
      fetch(`${other.url}/api/v2/groups`, { headers: { authorization: 'Bearer agent-102' } }),
    );
    while (!(await control.requests()).length) await new Promise((resolve) => setTimeout(resolve, 5));
    await other.close();
    await waiting;
  });
});
