import { seededRandom } from '../../../src/domain/seeded-random.js';
import { memoryChannels, MemoryLocks, MemoryStore } from '../../../src/outbox/memory-shared.js';
import type { Intent } from '../../../src/records/intent.js';
import { SimulatedTime } from '../../../src/testing/simulated-time.js';
import { TransportFailure, type ZendeskRequest, type ZendeskResponse } from '../../../src/zendesk/index.js';
import { SimTab } from './sim-tab.js';
import { SimZendesk } from './sim-zendesk.js';

export interface Simulated {
  violations: readonly string[];
  /** How often each fault and each transition of an entry occurred. */
  counts: Readonly<Record<string, number>>;
}

const netFaults = [
  'cut before',
  'cut after',
  'late',
  '503 before',
  '503 after',
  'html',
  '429',
  'silence',
  'twice',
] as const;
const tickets = [1, 2, 3];
const intents = 22;

interface Op {
  key: string;
  tab: SimTab;
  ticket: number | undefined;
  /** The note's text, or the field's value. */
  token: string;
  kind: 'note' | 'field' | 'create';
  accepted: boolean;
}

/** One seed: some forty seconds of work in two tabs while everything goes wrong, then peace, then the CRM's own log. */
export async function simulate(seed: number): Promise<Simulated> {
  const random = seededRandom(seed);
  const chance = (part: number): boolean => random() < part;
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const time = new SimulatedTime(undefined, () => new Promise((done) => process.nextTick(done)));
  const crm = new SimZendesk(() => time.now(), tickets.length);
  const counts: Record<string, number> = {};
  const count = (what: string) => (counts[what] = (counts[what] ?? 0) + 1);
  const [store, locks, channel] = [new MemoryStore(), new MemoryLocks(), memoryChannels()];
  let stormy = true;
  const faultPart = 0.15 + random() * 0.35;
  const wait = (milliseconds: number) => new Promise<void>((done) => time.setTimeout(done, milliseconds));

  async function send(request: ZendeskRequest): Promise<ZendeskResponse> {
    await wait(Math.floor(random() * 120));
    const fault = stormy && chance(faultPart) ? pick(netFaults) : undefined;
    if (fault) count(`fault ${fault}`);
    const cut = () => new TransportFailure('cut', 'maybe');
    const answer = (status: number, body: unknown = 'x', headers = {}) => ({ status, body, headers });
    switch (fault) {
      case 'cut before':
        throw cut();
      case 'cut after':
        crm.answer(request);
        throw cut();
      case 'late':
        time.setTimeout(() => crm.answer(request), 500 + Math.floor(random() * 9000));
        throw cut();
      case '503 before':
        return answer(503);
      case '503 after':
        crm.answer(request);
        return answer(503);
      case 'html':
        return answer(200, '<html>');
      case '429':
        return answer(429, {}, { 'retry-after': String(1 + Math.floor(random() * 4)) });
      case 'silence':
        return new Promise(() => {});
      case 'twice':
        crm.answer(request);
    }
    const response = crm.answer(request);
    await wait(Math.floor(random() * 120));
    return response;
  }

  const tabs: SimTab[] = [];
  let opened = 0;
  const open = () => {
    const tab = new SimTab({ name: `tab ${++opened}`, time, store, locks, channel: channel(), send });
    tab.outbox.subscribe(({ state }) => count(`state ${state}`));
    tabs.push(tab);
  };
  open();
  open();
  await time.advance(10);

  const ops: Op[] = [];
  function enqueue(): void {
    const working = tabs.filter((tab) => tab.works);
    const tab = working.length > 0 ? pick(working) : undefined;
    if (!tab) return;
    const at = new Date(time.now()).toISOString();
    const n = ops.length;
    const origin = { sessionId: `s${n}`, channel: 'ivr-call' as const };
    const base = { sessionId: `s${n}`, at };
    const accept = (list: Intent[], mine: Op[]) => {
      ops.push(...mine);
      tab.outbox.enqueue(list).then(
        () => mine.forEach((op) => (op.accepted = true)),
        () => undefined,
      );
    };
    const op = (key: string, kind: Op['kind'], token: string, ticket?: number): Op => ({
      key,
      kind,
      token,
      ticket,
      tab,
      accepted: false,
    });
    const author = chance(0.5) ? '1' : '2';
    if (chance(0.12)) {
      const [c, t, w] = [`s${n}/contact`, `s${n}/ticket`, `s${n}/note`];
      accept(
        [
          { kind: 'create-contact', key: c, ...base, draft: { name: 'New' } },
          {
            kind: 'create-ticket',
            key: t,
            ...base,
            contact: { madeBy: c },
            draft: { subject: 'T', comment: { body: `n${n}`, public: false }, origin },
          },
          {
            kind: 'write-ticket',
            key: w,
            ...base,
            ticket: { madeBy: t },
            comment: { body: `n${n + 1}`, public: false, authorId: author },
            origin,
          },
        ],
        [op(t, 'create', `n${n}`), op(w, 'note', `n${n + 1}`)],
      );
    } else if (chance(0.2)) {
      const ticket = pick(tickets);
      const intent: Intent = {
        kind: 'write-ticket',
        key: `s${n}/field`,
        ...base,
        ticket: { id: String(ticket) },
        fields: { '7': `v${n}` },
        origin,
      };
      accept([intent], [op(intent.key, 'field', `v${n}`, ticket)]);
    } else {
      const ticket = pick(tickets);
      const comment = { body: `n${n}`, public: false as const, authorId: author };
      const intent: Intent = {
        kind: 'write-ticket',
        key: `s${n}/note`,
        ...base,
        ticket: { id: String(ticket) },
        comment,
        origin,
      };
      accept([intent], [op(intent.key, 'note', `n${n}`, ticket)]);
    }
  }

  /** What people, the browser and the machine do. */
  function disturb(): void {
    if (tabs.length === 0) return;
    const tab = pick(tabs);
    const what = pick(['edit', 'edit', 'merge', 'close', 'sign out', 'crash', 'freeze', 'leader stolen'] as const);
    if (what === 'edit') crm.edit(pick(tickets));
    else if (what === 'merge' && !(chance(0.4) && crm.merge(pick(tickets), pick(tickets)))) return;
    else if (what === 'close' && !(chance(0.25) && crm.close(pick(tickets)))) return;
    else if (what === 'sign out') {
      crm.signedOut = true;
      time.setTimeout(() => (crm.signedOut = false), 5000 + Math.floor(random() * 20_000));
    } else if (what === 'crash') {
      tab.crash();
      tabs.splice(tabs.indexOf(tab), 1);
      // The browser lets go of its lock.
      void locks.request('line', { steal: true }, async () => {});
      time.setTimeout(open, 50 + Math.floor(random() * 4000));
    } else if (what === 'freeze') {
      if (!tab.works) return;
      tab.freeze();
      time.setTimeout(() => tab.thaw(), 1000 + Math.floor(random() * 40_000));
    } else if (what === 'leader stolen') void locks.request('line', { steal: true }, async () => {});
    count(`event ${what}`);
  }

  while (ops.length < intents) {
    enqueue();
    if (chance(0.22)) disturb();
    await time.advance(Math.floor(random() * 3000));
  }
  // Peace.
  stormy = false;
  crm.signedOut = false;
  for (const tab of tabs) tab.thaw();
  if (tabs.length === 0) open();
  const settled = () => tabs.every(({ outbox }) => outbox.entries.every(({ state }) => state === 'settled'));
  for (let minutes = 0; minutes < 40 && !(minutes > 1 && settled()); minutes++) {
    await time.advance(30_000);
    for (const tab of tabs) if (tab.outbox.leads) tab.outbox.retry();
  }
  await time.advance(30_000);
  return { violations: violationsOf(crm, ops, tabs), counts };
}

/** What the CRM's own log says of the promise. */
function violationsOf(crm: SimZendesk, ops: readonly Op[], tabs: readonly SimTab[]): string[] {
  const violations: string[] = [];
  const tokens = crm.log.flatMap(({ ticket, body }) =>
    (body.match(/\bn\d+\b/g) ?? []).map((token) => ({ ticket, token })),
  );
  const positions = new Map(tokens.map(({ token }, at) => [token, at]));
  for (const { kind, key, token, accepted } of ops) {
    if (kind === 'field') continue;
    const times = tokens.filter((one) => one.token === token).length;
    if (times > 1) violations.push(`duplicated: ${key} ${times} times`);
    if (times === 0 && accepted) violations.push(`lost: ${key}`);
    if (kind === 'create') {
      const made = [...crm.tickets.values()].filter(({ externalId }) => externalId === key).length;
      if (made > 1 || (accepted && made !== 1)) violations.push(`tickets of ${key}: ${made}`);
    }
  }
  for (const externalId of new Set([...crm.users.values()].map((user) => user.externalId))) {
    const made = [...crm.users.values()].filter((user) => user.externalId === externalId).length;
    if (made > 1) violations.push(`contacts of ${externalId}: ${made}`);
  }
  for (const tab of new Set(ops.map((op) => op.tab)))
    for (const ticket of tickets) {
      const lane = ops.filter((op) => op.kind === 'note' && op.tab === tab && op.ticket === ticket && op.accepted);
      const at = lane.map(({ token }) => positions.get(token) ?? -1).filter((position) => position >= 0);
      if (at.some((position, index) => index > 0 && position < at[index - 1]!))
        violations.push(`disordered: ticket ${ticket}`);
    }
  for (const ticket of tickets) {
    const made = crm.tickets.get(ticket)!;
    // Where a field of a ticket that was merged or closed ends is another ticket's.
    if ([...crm.tickets.values()].some(({ status }) => status === 'closed')) break;
    const fields = ops.filter((op) => op.kind === 'field' && op.ticket === ticket);
    const last = fields.filter(({ accepted }) => accepted).at(-1);
    const possible = fields.slice(last ? fields.indexOf(last) : 0).map(({ token }) => token);
    if (last && !possible.includes(String(made.fields.get(7)))) violations.push(`diverged: ticket ${ticket}`);
  }
  const stuck = tabs.flatMap(({ outbox }) => outbox.entries.filter(({ state }) => state !== 'settled'));
  for (const { intent, state, failure } of new Map(stuck.map((entry) => [entry.intent.key, entry])).values())
    violations.push(`not settled: ${intent.key} ${state} ${failure?.code ?? ''}`);
  return violations;
}
