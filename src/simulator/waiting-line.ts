import type { Session } from '../domain/session.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { conductOf, incomingSession, type Caller, type Conduct } from './caller.js';
import type { Course } from './course.js';
import type { DirectoryEntry } from './directory.js';
import { isChat, newSession, type SimulatedSession } from './simulated-session.js';
import type { AnyStep } from './steps.js';
import type { World } from './world.js';
import { plainSession } from '../telephony/sessions.js';

const usual = { ringSeconds: 30, patienceSeconds: 120 };
const autoAnswerAfter = 3000;
/** How long a customer stays with a colleague, if nothing else is said. */
const colleagueTalks = 30_000;

/** Callers and chats that wait for an agent, the offers made of them, and what becomes of those. */
export class WaitingLine {
  #world: World;
  #course: Course;
  #directory: readonly DirectoryEntry[];

  constructor(world: World, course: Course, directory: readonly DirectoryEntry[]) {
    this.#world = world;
    this.#course = course;
    this.#directory = directory;
    world.whenFree = () => this.#offerNext();
    world.desk.react({
      answer: (one, at) => this.#assign(one, at),
      miss: (one, at) => this.#miss(one, at),
      'give-up': (one, at) => this.giveUp(one, at),
      'colleague-takes': (one, at) => this.#colleagueTakes(one, at),
    });
  }

  /** Somebody calls or writes; returns the session's id. */
  enter(given: Caller & Conduct & { channel?: Session['channel'] }): string {
    const { desk, clock, profile } = this.#world;
    const now = clock.now();
    const session = incomingSession(desk.newId(), given, profile);
    const conduct = conductOf(given);
    const one = desk.keep(newSession(session, now, { place: 'queue', phase: 'offered', conduct, record: false }));
    const patience = (conduct.patienceSeconds ?? usual.patienceSeconds) * 1000;
    desk.play(one, 'patience', [{ after: patience, do: 'give-up' }]);
    this.#offerNext();
    return session.id;
  }

  answer(sessionId: string): void {
    this.#assign(this.#offered(sessionId), this.#world.clock.now());
  }

  decline(sessionId: string): void {
    const one = this.#offered(sessionId);
    one.declined = true;
    this.#backToQueue(one);
    this.#world.desk.say(one, { type: 'session.withdrawn' });
    this.#world.settle();
  }

  /** Who takes what the agent does not. */
  get colleague(): DirectoryEntry | undefined {
    return this.#directory.find(({ kind, id }) => kind === 'agent' && id !== this.#world.agent?.id);
  }

  /** A colleague takes what waits or is offered here. */
  takeElsewhere(one: SimulatedSession): void {
    this.#mustWait(one);
    if (!this.colleague) throw new TelephonyError('not-available', 'There is no colleague in the directory.');
    this.#colleagueTakes(one, this.#world.clock.now());
  }

  /** The customer waits no longer. */
  giveUp(one: SimulatedSession, at: number): void {
    this.#mustWait(one);
    const { desk } = this.#world;
    if (one.place === 'agent') desk.say(one, { type: 'session.withdrawn' }, at);
    this.abandon(one, at);
    this.#world.settle();
  }

  abandon(one: SimulatedSession, at: number): void {
    const { desk } = this.#world;
    desk.cancelAll(one);
    one.endedAt = at;
    one.failReason = 'eu_abandoned';
    one.place = 'over';
    desk.change(one, { phase: 'ended', since: new Date(at).toISOString(), participants: [] });
    desk.say(one, { type: 'session.abandoned', session: plainSession(one.session) }, at);
    this.#course.close(one, at);
  }

  #offerNext(): void {
    const { desk, connected, online } = this.#world;
    if (!connected || !online) return;
    for (const one of desk.all()) if (one.place === 'queue' && !one.declined && this.#mayHave(one)) this.#offer(one);
  }

  #mayHave(one: SimulatedSession): boolean {
    const { presence, callAtAgent, chatsAtAgent, rules } = this.#world;
    const { answered } = one.conduct;
    if (isChat(one)) return (answered || presence.availableForChats) && chatsAtAgent < (rules?.maxChats ?? 0);
    return (answered || presence.available) && !callAtAgent;
  }

  #offer(one: SimulatedSession): void {
    const { desk, clock, rules } = this.#world;
    const now = clock.now();
    const iso = (after: number): string => new Date(now + after).toISOString();
    const expires = (one.conduct.ringSeconds ?? usual.ringSeconds) * 1000;
    const answers = one.conduct.answered ? 0 : rules?.autoAnswer ? autoAnswerAfter : undefined;
    one.place = 'agent';
    one.seen = true;
    desk.change(one, { phase: 'offered', since: iso(0) });
    desk.say(one, {
      type: 'session.offered',
      session: plainSession(one.session),
      expiresAt: iso(expires),
      ...(answers !== undefined && { autoAnswerAt: iso(answers) }),
    });
    const miss: AnyStep = { after: expires, do: 'miss' };
    desk.play(one, 'offer', answers === undefined ? [miss] : [{ after: answers, do: 'answer' }]);
  }

  #assign(one: SimulatedSession, at: number): void {
    const { desk, agent, rules } = this.#world;
    desk.cancel(one, 'offer', 'patience');
    one.place = 'agent';
    one.record = !isChat(one) && rules?.record !== false;
    desk.change(one, { phase: 'assigned', since: new Date(at).toISOString(), agentId: agent!.id });
    desk.say(one, { type: 'session.assigned', session: plainSession(one.session), agent: agent!.id }, at);
    this.#world.settle();
    desk.play(one, 'course', this.#courseOf(one), at);
  }

  #courseOf(one: SimulatedSession): readonly AnyStep[] {
    const { talkSeconds } = one.conduct;
    return [
      ...(isChat(one) ? [] : ([{ after: 100, do: 'connecting' }] as const)),
      { after: 300, do: 'connected' },
      ...(talkSeconds === undefined ? [] : ([{ after: talkSeconds * 1000, do: 'end', by: 'customer' }] as const)),
    ];
  }

  #miss(one: SimulatedSession, at: number): void {
    const { desk, presence } = this.#world;
    one.missed = true;
    // There is no status for a missed chat: it would be offered again at once.
    one.declined = isChat(one);
    this.#backToQueue(one);
    desk.say(one, { type: 'session.missed' }, at);
    if (!isChat(one)) presence.missedCall();
    this.#world.settle();
  }

  #backToQueue(one: SimulatedSession): void {
    this.#world.desk.cancel(one, 'offer');
    one.place = 'queue';
  }

  #colleagueTakes(one: SimulatedSession, at: number): void {
    const { desk } = this.#world;
    const { colleague } = this;
    // In a queue that nobody serves the customer stays with whoever is there.
    if (!colleague) return this.stayForAWhile(one, at);
    if (one.place === 'agent') desk.say(one, { type: 'session.withdrawn' }, at);
    desk.cancel(one, 'offer', 'patience');
    one.place = 'elsewhere';
    desk.change(one, { agentId: colleague.id, since: new Date(at).toISOString() });
    desk.say(one, { type: 'session.assigned', session: plainSession(one.session), agent: colleague.id }, at);
    if (one.connectedAt === undefined) desk.play(one, 'course', this.#courseOf(one), at);
    this.stayForAWhile(one, at);
    this.#world.settle();
  }

  /** Whoever is with a colleague hangs up some time. */
  stayForAWhile(one: SimulatedSession, at: number): void {
    const { desk } = this.#world;
    if (one.due.some(({ act }) => act.do === 'end')) return;
    desk.add(one, 'course', [{ after: colleagueTalks, do: 'end', by: 'customer' }], at);
  }

  #offered(sessionId: string): SimulatedSession {
    const one = this.#world.session(sessionId);
    if (one.place !== 'agent' || one.session.phase !== 'offered')
      throw new TelephonyError('not-available', `Session ${sessionId} is not offered any more.`);
    return one;
  }

  #mustWait({ place, session: { id, phase } }: SimulatedSession): void {
    if (place !== 'queue' && !(place === 'agent' && phase === 'offered'))
      throw new TelephonyError('not-available', `Session ${id} does not wait for an agent.`);
  }
}
