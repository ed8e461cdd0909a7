import { keyPart } from '../../../src/domain/write-key.js';
import type { Expected } from './expected.js';
import type { SimZendesk } from './sim-zendesk.js';
import { disturb } from './disturbances.js';
import { endFaults, judge } from './end-of-run.js';
import type { Simulated } from './simulate.js';
import { setStage, type Stage } from './stage.js';
import { SimContext } from './sim-context.js';
import { keyMark } from './key-mark.js';
import type { SessionKind } from './script.js';

const kinds: readonly SessionKind[] = ['joins', 'chat', 'outbound joins', 'outbound new', 'unknown number', 'choice'];

/**
 * Simulates one seed of a profile in which the agent corrects sessions at random moments (R35): while rows wait, are on
 * their way or may be applied; after merges, closings, transfers and reloads; and back to the first ticket.
 */
export async function corrections(seed: number): Promise<Simulated> {
  const context = new SimContext(seed);
  const { below, chance, pick, time } = context;
  const stage: Stage = await setStage(context, {
    faults: 0.05 + below(25) / 100,
    kinds: Array.from({ length: 1 + below(3) }, () => pick(kinds)),
    parts: { marksKeys: true },
    onStep: (tab) => {
      if (stage.crashIn === 0 || --stage.crashIn > 0) return;
      stage.browser.crash(tab);
      context.after(50 + below(4000), () => void stage.browser.open());
    },
  });
  const { browser, direct } = stage;
  const presses = new Presses(stage);
  for (let left = 1 + below(2); left > 0; left--) browser.open();
  await time.advance(10);
  for (let turn = 0; turn < 16; turn++) {
    if (chance(0.5)) presses.press();
    if (chance(0.3)) {
      const working = browser.tabs.filter((tab) => tab.works);
      if (working.length > 0) direct.write(pick(working));
    }
    if (chance(0.35)) disturb(stage);
    await time.advance(below(5000));
  }
  await endFaults(stage);
  // A press whose tab crashed may have been accepted.
  for (const { id } of stage.script.sessions)
    if (stage.platform.recordOf(id)?.correction) presses.accepted.set(id, presses.accepted.get(id) ?? 1);
  const corrected = new Set(presses.accepted.keys());
  const isOther = ({ lane }: Expected) => !corrected.has(lane);
  const log = stage.crm.log.map((one) => ({ ...one, line: keyMark.exec(one.line)?.[1] ?? one.line }));
  const crm = Object.create(stage.crm, { log: { value: log } }) as SimZendesk;
  const others: Stage = { ...stage, crm, expected: stage.expected.filter(isOther) };
  const ofOthers = judge(others).filter((one) => !/^ghost: value|nam(es|eless)/.test(one));
  return { violations: [...ofOthers, ...violationsOf(stage, presses)], counts: context.counts };
}

/** The agent's presses on Assign in the form of a correction. */
class Presses {
  /** The highest number of a correction that the keeper has accepted, by session. */
  readonly accepted = new Map<string, number>();
  readonly #stage: Stage;
  readonly #opened = new Map<string, unknown>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  press(): void {
    const { browser, context, script, crm } = this.#stage;
    const { leader } = browser;
    const { id } = context.pick(script.sessions);
    if (!leader?.works) return;
    const contact = String(context.pick([11, 12, 13]));
    const twice = context.chance(0.2);
    const closes = context.chance(0.1);
    void leader
      .offerCorrection(id, contact)
      .then((offer) => {
        const option = context.pick(offer.tickets.options);
        const ticket = typeof option === 'string' ? ('new' as const) : { id: option.ticket.id };
        if (ticket !== 'new' && closes && crm.close(Number(ticket.id)))
          context.count('correction to a ticket just closed');
        const moments = this.#moments(leader, id);
        const press = () =>
          leader.correct(id, offer.after, { contact: { id: contact }, ticket }).then((isNew) => {
            for (const moment of moments) context.count(`correction ${moment}`);
            if (!isNew) return;
            this.accepted.set(id, Math.max(this.accepted.get(id) ?? 0, offer.after + 1));
            const before = (this.#before.get(id) ?? []).slice(0, -1);
            if (ticket !== 'new' && before.includes(ticket.id)) context.count('correction back again');
            this.#before.set(id, [
              ...(this.#before.get(id) ?? [offer.ticket ?? '']),
              ticket === 'new' ? '' : ticket.id,
            ]);
          });
        const refused = ({ code = 'unknown' }: { code?: string }) => context.count(`correction refused ${code}`);
        press().catch(refused);
        if (twice) press().then(() => context.count('correction pressed twice'), refused);
      })
      .catch(({ code = 'unknown' }: { code?: string }) => context.count(`correction refused ${code}`));
  }

  readonly #before = new Map<string, string[]>();

  /** What is going on at the press. */
  #moments(leader: NonNullable<Stage['browser']['leader']>, id: string): readonly string[] {
    const { crm, script } = this.#stage;
    const rows = leader.outbox.entries.filter(({ intent }) => intent.sessionId === id);
    const has = (state: string) => rows.some((row) => row.state === state);
    const known = this.#opened.get(id) ?? leader;
    this.#opened.set(id, known);
    const ended = leader.outbox.knows(`${keyPart(id)}/finished`);
    const statuses = [...crm.tickets.values()].filter(({ id }) => id <= 3);
    return [
      'accepted',
      ...(has('pending') ? ['with rows waiting'] : []),
      ...(has('sending') ? ['with rows on their way'] : []),
      ...(has('ambiguous') ? ['with rows maybe applied'] : []),
      ...(has('dead') || has('parked') ? ['with rows refused'] : []),
      ...(known !== leader ? ['after a reload'] : []),
      ...(ended ? ['after the end'] : []),
      ...(statuses.some(({ tags }) => tags.includes('closed_by_merge')) ? ['after a merge'] : []),
      ...(statuses.some(({ status, tags }) => status === 'closed' && !tags.includes('closed_by_merge'))
        ? ['after a closing']
        : []),
      ...(script.events.some(({ event }) => event.sessionId === id && event.type === 'transfer.finished')
        ? ['of a session with a transfer']
        : []),
    ];
  }
}

/** A line of a comment in the CRM, with the key of its write. */
interface Written {
  at: number;
  ticket: number;
  line: string;
  key: string;
}

/** The lines of all comments, by the marks at the ends of their last lines. */
function writtenLines({ log }: SimZendesk): readonly Written[] {
  const open = new Map<number, { line: string; at: number }[]>();
  const all: Written[] = [];
  for (const [at, { ticket, line, field, opening }] of log.entries()) {
    if (field !== undefined || opening) continue;
    const [, text = line, key] = keyMark.exec(line) ?? [];
    const lines = [...(open.get(ticket) ?? []), { line: text, at }];
    open.set(ticket, key === undefined ? lines : []);
    if (key !== undefined) all.push(...lines.map((one) => ({ ...one, ticket, key })));
  }
  return all;
}

const ordinalOf = (key: string): number => Number(/^[^/]+\/c(\d+)\//.exec(key)?.[1] ?? 0);

/** What a headline says of a card that is written late. */
const late = / · [^·]*\(written later\)$/;

function violationsOf(stage: Stage, { accepted }: Presses): string[] {
  const { crm, platform } = stage;
  const written = writtenLines(crm);
  return [...accepted].flatMap(([session, ordinal]) => {
    const record = platform.recordOf(session);
    if (!record || (record.correction ?? 0) < ordinal)
      return [`${session}: the platform has correction ${record?.correction}, not ${ordinal}`];
    const last = record.correction!;
    const own = written.filter(({ key }) => key.startsWith(`${keyPart(session)}/`));
    const marks = own.filter(({ line }) => line.endsWith(` · ${session}`)).map(({ key, line }) => `${key} ${line}`);
    const twice = marks.filter((one, at) => marks.indexOf(one) < at).map((one) => `${session} duplicated: ${one}`);
    const lines = own.filter(({ key }) => ordinalOf(key) === last && !key.includes('/moved/'));
    const wrong = stage.expected
      .filter(({ lane, field, times }) => lane === session && field === undefined && times === 1)
      .flatMap((one) => {
        const times = lines.filter(({ line }) => line.replace(late, '') === one.line).length;
        if (times > 1) return [`${session} c${last} duplicated: ${one.line} ${times} times`];
        const isSure = one.accepted !== undefined && !one.mayMiss && !one.discarded;
        return isSure && times === 0 ? [`${session} c${last} lost: ${one.line}`] : [];
      });
    return [...twice, ...wrong, ...elsewhere(stage, session, own, last)];
  });
}

/** The tickets that the ticket has become: by merges, and by a follow-up. */
function familyOf({ tickets }: SimZendesk, id: number): ReadonlySet<number> {
  const family = new Set([id]);
  for (let size = 0; size < family.size;) {
    size = family.size;
    for (const one of tickets.values()) {
      const merged = one.audits.flatMap(({ mergedInto }) => mergedInto ?? []);
      for (const other of [...merged, ...(one.followUpOf === undefined ? [] : [one.followUpOf])])
        if (family.has(one.id) || family.has(other)) for (const both of [one.id, other]) family.add(both);
    }
  }
  return family;
}

/** R35: on every earlier ticket stands what stood there, then one line; the last record is on the platform's ticket. */
function elsewhere({ crm, platform }: Stage, session: string, own: readonly Written[], last: number): string[] {
  const record = platform.recordOf(session)!;
  const final = familyOf(crm, Number(record.ticketId));
  const found: string[] = [];
  const isLine = ({ key }: Written) => key.includes('/moved/');
  for (const { key, ticket, line } of own)
    if (ordinalOf(key) === last && !isLine({ key } as Written) && !final.has(ticket))
      found.push(`${session} c${last}: ${line} stands on ${ticket}, not on ${record.ticketId}`);
  const families = new Map<number, ReadonlySet<number>>();
  for (const one of own) families.set(one.ticket, familyOf(crm, one.ticket));
  for (const [ticket, family] of families) {
    if (family.has(Number(record.ticketId))) continue;
    const there = own.filter((one) => family.has(one.ticket));
    const lines = there.filter((one) => isLine(one) && one.line === `moved · ${session}`);
    const cards = there.filter((one) => !isLine(one));
    const isClosed = [...family].some((id) => crm.tickets.get(id)!.status === 'closed');
    const visits = new Set(cards.map(({ key }) => ordinalOf(key))).size;
    // A line that was sent may already point to a ticket whose own cards were taken back.
    const isFollowUp = [...family].some((id) => crm.tickets.get(id)!.followUpOf !== undefined);
    const isNamed = own.some(({ line }) => [...family].some((id) => line.startsWith(`↪ Recorded on #${id} instead`)));
    if (cards.length === 0 && !isNamed && !isFollowUp)
      found.push(`${session}: a line on ${ticket}, where nothing stood`);
    else if (lines.length > Math.max(1, visits))
      found.push(`${session}: ${lines.length} lines on ${ticket} after ${visits} visits`);
    else if (lines.length === 0 && !isClosed) found.push(`${session}: no line on ${ticket}`);
    // A ticket that was closed after a second visit has no line about that visit.
    const isUntold = isClosed && lines.length < visits;
    const end = isUntold ? Infinity : (lines.at(-1)?.at ?? Infinity);
    for (const { at, line } of cards) if (at > end) found.push(`${session}: ${line} on ${ticket} after the line`);
  }
  return [...new Set(found)];
}
