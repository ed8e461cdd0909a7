// Q5: counts the CRM requests of a day of 50 agents by kind: with batching, without batching, and with one request for
// each write. Prints JSON.
import { RecordKeeper } from '../src/keeper/record-keeper.js';
import { loadPhoneNumbers } from '../src/domain/phone-loader.js';
import { defaultSettings, type Settings } from '../src/domain/settings.js';
import { inMemory } from '../src/environment/in-memory.js';
import { SharedOutbox } from '../src/outbox/shared-outbox.js';
import type { Intent } from '../src/records/intent.js';
import type { SessionEvent } from '../src/telephony/platform-event.js';
import { SimulatedTime } from '../src/testing/simulated-time.js';
import { ZendeskRecords, type ZendeskRequest } from '../src/zendesk/index.js';
import { SimZendesk } from '../test/support/simulation/sim-zendesk.js';
import { dayOf, type Day } from './trace/day.js';

/** Milliseconds until the CRM's response. */
const answerTime = 120;
const minute = 60_000;

type Counts = Record<string, number>;
const add = (counts: Counts, what: string, times = 1) => void (counts[what] = (counts[what] ?? 0) + times);
const quantile = (sorted: readonly number[], part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;

function kindOf({ method, path }: ZendeskRequest): string {
  const { pathname } = new URL(path, 'https://a.example');
  if (method === 'POST') return pathname.includes('/users') ? 'contact made' : 'ticket made';
  if (method === 'PUT') return pathname.includes('update_many') ? 'tickets updated, many at once' : 'ticket updated';
  if (pathname.includes('job_statuses')) return 'job asked for';
  if (pathname.includes('/audits')) return 'looked whether it was applied';
  if (/\/tickets\/\d+|show_many/.test(pathname)) return 'ticket read';
  return 'looked up';
}

/** Counts the requests of an adapter without an outbox: one for each part of a write. */
function onePerWrite(intent: Intent, counts: Counts): void {
  if (intent.kind === 'create-contact') add(counts, 'contact made');
  else if (intent.kind === 'create-ticket') {
    add(counts, 'ticket made');
    if (intent.draft.assigneeId !== undefined) add(counts, 'assignment or ticket updated');
  } else if (intent.kind === 'open-ticket') add(counts, 'screen pop');
  else {
    if (intent.comment) add(counts, 'comment added');
    if (intent.assigneeId !== undefined || intent.fields || intent.reopenPlatformTicket)
      add(counts, 'assignment or ticket updated');
  }
}

async function run(day: Day, agents: number, batching: Settings['batching']) {
  const time = new SimulatedTime(undefined, () => new Promise((done) => process.nextTick(done)));
  const begin = time.now();
  const crm = new SimZendesk(time.now, (after, act) => void time.setTimeout(act, after));
  for (const { id, phone } of day.customers) crm.addUser({ id, name: `Customer ${id}`, phone });
  // The ticket that others are merged into. Its requester does not call.
  const elsewhere = 999;
  crm.addUser({ id: 4999, name: 'A neighbour', phone: '+13125550100' });
  crm.addTicket(elsewhere, 4999, []);
  const [requests, naive, minutes] = [{} as Counts, {} as Counts, {} as Counts];
  const latencies: number[] = [];
  const settings: Settings = {
    ...defaultSettings,
    batching,
    tickets: { ...defaultSettings.tickets, apiResponses: 'pairs' },
  };
  const tabs = new Map<string, { keeper: RecordKeeper; outbox: SharedOutbox }>();
  for (let number = 0; number < agents; number++) {
    const agent = { id: String(101 + number), name: `Agent ${number}`, teams: [] };
    const send = async (request: ZendeskRequest) => {
      const kind = kindOf(request);
      add(requests, kind);
      if (kind.includes('updated')) add(minutes, String(Math.floor((time.now() - begin) / minute)));
      await new Promise<void>((done) => time.setTimeout(done, answerTime / 2));
      const answer = crm.answer(request);
      await new Promise<void>((done) => time.setTimeout(done, answerTime / 2));
      return answer;
    };
    const records = new ZendeskRecords({ origin: 'https://sim.zendesk.com', send }, { clock: time, timers: time });
    const host = Object.assign(records, { account: 'sim', getAgent: () => Promise.resolve(agent) }) as never;
    const outbox = new SharedOutbox({
      host,
      storage: inMemory(),
      channel: { post() {}, subscribe: () => () => {}, close() {} },
      environment: { clock: time, timers: time, random: () => 'one' },
      batching: () => batching,
      showTicket: async () => {},
    });
    await outbox.lead();
    outbox.subscribe(({ state, since, intent }) => {
      if (state === 'settled' && intent.kind === 'write-ticket') latencies.push(time.now() - since);
    });
    const accept = outbox.enqueue.bind(outbox);
    outbox.enqueue = (intents) => {
      for (const intent of intents) onePerWrite(intent, naive);
      return accept(intents);
    };
    const keeper = new RecordKeeper({
      ...{ host, outbox, agent, clock: time, timers: time },
      settings: () => settings,
      // The form has looked up the customer.
      recall: {
        contact: (id) => ({ id, name: `Customer ${id}`, phoneNumbers: [], createdAt: '' }),
        ticket: () => undefined,
      },
      tell: () => undefined,
    });
    tabs.set(agent.id, { keeper, outbox });
  }
  const started = process.cpuUsage();
  const until = async (after: number) => {
    const wait = begin + after - time.now();
    if (wait > 0) await time.advance(wait);
  };
  const acts = [...day.acts];
  for (const { agent, after, event } of day.events) {
    while (acts[0] && acts[0].after <= after) {
      const { act, sessionId, ...by } = acts.shift()!;
      await until(by.after);
      const { keeper } = tabs.get(by.agent)!;
      const { ticketId } = keeper.recordOf(sessionId) ?? {};
      if (act === 'open details') keeper.readTicket(sessionId);
      else if (ticketId !== undefined) crm.merge(Number(ticketId), elsewhere);
    }
    await until(after);
    void tabs.get(agent)!.keeper.take({ ...event, at: new Date(time.now()).toISOString() } as SessionEvent);
  }
  await time.advance(10 * minute);
  const { user, system } = process.cpuUsage(started);
  const unsettled = [...tabs.values()].flatMap(({ outbox }) =>
    outbox.entries.filter(({ state }) => state !== 'settled'),
  );
  if (unsettled.length > 0)
    throw new Error(`${unsettled.length} entries are not settled. The first one: ${unsettled[0]!.failure?.message}`);
  for (const { keeper, outbox } of tabs.values()) {
    keeper.stop();
    outbox.stop();
  }
  latencies.sort((a, b) => a - b);
  return {
    requests,
    naive: { ...naive, 'looked up': requests['looked up'] ?? 0 },
    updatesInBusiestMinute: Math.max(...Object.values(minutes)),
    latency: { median: quantile(latencies, 0.5), p95: quantile(latencies, 0.95) },
    writes: latencies.length,
    writesPerSecond: Math.round(latencies.length / ((user + system) / 1e6)),
  };
}

const agents = Number(process.argv[2]) || 50;
await loadPhoneNumbers();
const day = dayOf(agents);
const off = await run(day, agents, { comments: false, updates: false, windowSeconds: 10 });
const on = await run(day, agents, defaultSettings.batching);
const wide = await run(day, agents, { ...defaultSettings.batching, windowSeconds: 60 });
console.log(JSON.stringify({ agents, sessions: day.sessions, off, on, wide }));
