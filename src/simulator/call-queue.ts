import type { Session } from '../domain/session.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { conductOf, incomingSession, type Caller, type Conduct } from './caller.js';
import type { SessionLifecycle } from './session-lifecycle.js';
import type { DirectoryEntry } from './directory.js';
import { isChatSession, newSession, type SimulatedSession } from './simulated-session.js';
import type { AnyStep } from './steps.js';
import type { PlatformContext } from './platform-context.js';
import { plainSession } from '../telephony/sessions.js';

const defaults = { ringSeconds: 30, patienceSeconds: 120 };
/** Milliseconds. */
const autoAnswerAfter = 3000;
/** Milliseconds after which the customer of a colleague hangs up, unless the end is scheduled already. */
const colleagueTalkTime = 30_000;

/** Offers waiting calls and chats to the agent. Handles answered, missed and abandoned offers. */
export class CallQueue {
  #context: PlatformContext;
  #lifecycle: SessionLifecycle;
  #directory: readonly DirectoryEntry[];

  constructor(context: PlatformContext, lifecycle: SessionLifecycle, directory: readonly DirectoryEntry[]) {
    this.#context = context;
    this.#lifecycle = lifecycle;
    this.#directory = directory;
    context.offerWaiting = () => this.#offerWaiting();
    context.scheduler.handle({
      answer: (simulated, at) => this.#assign(simulated, at),
      miss: (simulated, at) => this.#miss(simulated, at),
      'give-up': (simulated, at) => this.giveUp(simulated, at),
      'colleague-takes': (simulated, at) => this.#colleagueTakes(simulated, at),
    });
  }

  /** Adds an incoming call or chat. Returns the session's id. */
  enqueue(given: Caller & Conduct & { channel?: Session['channel'] }): string {
    const { scheduler, clock, profile } = this.#context;
    const now = clock.now();
    const session = incomingSession(scheduler.newId(), given, profile);
    const conduct = conductOf(given);
    const simulated = scheduler.add(
      newSession(session, now, { place: 'queue', phase: 'offered', conduct, record: false }),
    );
    const patience = (conduct.patienceSeconds ?? defaults.patienceSeconds) * 1000;
    scheduler.schedule(simulated, 'patience', [{ after: patience, do: 'give-up' }]);
    this.#offerWaiting();
    return session.id;
  }

  answer(sessionId: string): void {
    this.#assign(this.#offeredSession(sessionId), this.#context.clock.now());
  }

  decline(sessionId: string): void {
    const simulated = this.#offeredSession(sessionId);
    simulated.declined = true;
    this.#returnToQueue(simulated);
    this.#context.scheduler.emit(simulated, { type: 'session.withdrawn' });
    this.#context.workChanged();
  }

  /** The colleague who takes sessions that the agent does not take. */
  get colleague(): DirectoryEntry | undefined {
    return this.#directory.find(({ kind, id }) => kind === 'agent' && id !== this.#context.agent?.id);
  }

  /** A colleague takes a session that waits in the queue or is offered to the agent. */
  takeByColleague(simulated: SimulatedSession): void {
    this.#assertWaiting(simulated);
    if (!this.colleague) throw new TelephonyError('not-available', 'There is no colleague in the directory.');
    this.#colleagueTakes(simulated, this.#context.clock.now());
  }

  /** The customer stops waiting: the offer is withdrawn, and the session is abandoned. */
  giveUp(simulated: SimulatedSession, at: number): void {
    this.#assertWaiting(simulated);
    const { scheduler } = this.#context;
    if (simulated.place === 'agent') scheduler.emit(simulated, { type: 'session.withdrawn' }, at);
    this.abandon(simulated, at);
    this.#context.workChanged();
  }

  abandon(simulated: SimulatedSession, at: number): void {
    const { scheduler } = this.#context;
    scheduler.cancelAll(simulated);
    simulated.endedAt = at;
    simulated.failReason = 'eu_abandoned';
    simulated.place = 'over';
    scheduler.change(simulated, { phase: 'ended', since: new Date(at).toISOString(), participants: [] });
    scheduler.emit(simulated, { type: 'session.abandoned', session: plainSession(simulated.session) }, at);
    this.#lifecycle.close(simulated, at);
  }

  #offerWaiting(): void {
    const { scheduler, signedIn, online } = this.#context;
    if (!signedIn || !online) return;
    for (const simulated of scheduler.all())
      if (simulated.place === 'queue' && !simulated.declined && this.#canOffer(simulated)) this.#offer(simulated);
  }

  #canOffer(simulated: SimulatedSession): boolean {
    const { presence, callAtAgent, chatsAtAgent, rules } = this.#context;
    const { answered } = simulated.conduct;
    if (isChatSession(simulated))
      return (answered || presence.availableForChats) && chatsAtAgent < (rules?.maxChats ?? 0);
    return (answered || presence.available) && !callAtAgent;
  }

  #offer(simulated: SimulatedSession): void {
    const { scheduler, clock, rules } = this.#context;
    const now = clock.now();
    const isoAfter = (milliseconds: number): string => new Date(now + milliseconds).toISOString();
    const expiresAfter = (simulated.conduct.ringSeconds ?? defaults.ringSeconds) * 1000;
    const answersAfter = simulated.conduct.answered ? 0 : rules?.autoAnswer ? autoAnswerAfter : undefined;
    simulated.place = 'agent';
    simulated.seen = true;
    scheduler.change(simulated, { phase: 'offered', since: isoAfter(0) });
    scheduler.emit(simulated, {
      type: 'session.offered',
      session: plainSession(simulated.session),
      expiresAt: isoAfter(expiresAfter),
      autoAnswerAt: answersAfter === undefined ? undefined : isoAfter(answersAfter),
    });
    const step: AnyStep =
      answersAfter === undefined ? { after: expiresAfter, do: 'miss' } : { after: answersAfter, do: 'answer' };
    scheduler.schedule(simulated, 'offer', [step]);
  }

  #assign(simulated: SimulatedSession, at: number): void {
    const { scheduler, agent, rules } = this.#context;
    scheduler.cancel(simulated, 'offer', 'patience');
    simulated.place = 'agent';
    simulated.record = !isChatSession(simulated) && rules?.record !== false;
    scheduler.change(simulated, { phase: 'assigned', since: new Date(at).toISOString(), agentId: agent!.id });
    scheduler.emit(
      simulated,
      { type: 'session.assigned', session: plainSession(simulated.session), agent: agent!.id },
      at,
    );
    this.#context.workChanged();
    scheduler.schedule(simulated, 'course', this.#connectionSteps(simulated), at);
  }

  #connectionSteps(simulated: SimulatedSession): readonly AnyStep[] {
    const { talkSeconds } = simulated.conduct;
    return [
      ...(isChatSession(simulated) ? [] : ([{ after: 100, do: 'connecting' }] as const)),
      { after: 300, do: 'connected' },
      ...(talkSeconds === undefined ? [] : ([{ after: talkSeconds * 1000, do: 'end', by: 'customer' }] as const)),
    ];
  }

  #miss(simulated: SimulatedSession, at: number): void {
    const { scheduler, presence } = this.#context;
    simulated.missed = true;
    // The agent stays available after a missed chat, so the queue would offer the chat again at once.
    simulated.declined = isChatSession(simulated);
    this.#returnToQueue(simulated);
    scheduler.emit(simulated, { type: 'session.missed' }, at);
    if (!isChatSession(simulated)) presence.missedCall();
    this.#context.workChanged();
  }

  #returnToQueue(simulated: SimulatedSession): void {
    this.#context.scheduler.cancel(simulated, 'offer');
    simulated.place = 'queue';
  }

  #colleagueTakes(simulated: SimulatedSession, at: number): void {
    const { scheduler } = this.#context;
    const { colleague } = this;
    // Without a colleague nobody answers the queue: the session waits until the customer hangs up.
    if (!colleague) return this.scheduleHangUp(simulated, at);
    if (simulated.place === 'agent') scheduler.emit(simulated, { type: 'session.withdrawn' }, at);
    scheduler.cancel(simulated, 'offer', 'patience');
    simulated.place = 'elsewhere';
    scheduler.change(simulated, { agentId: colleague.id, since: new Date(at).toISOString() });
    scheduler.emit(
      simulated,
      { type: 'session.assigned', session: plainSession(simulated.session), agent: colleague.id },
      at,
    );
    if (simulated.connectedAt === undefined)
      scheduler.schedule(simulated, 'course', this.#connectionSteps(simulated), at);
    this.scheduleHangUp(simulated, at);
    this.#context.workChanged();
  }

  /** Schedules that the customer of a colleague hangs up, unless an end is scheduled already. */
  scheduleHangUp(simulated: SimulatedSession, at: number): void {
    const { scheduler } = this.#context;
    if (simulated.due.some(({ act }) => act.do === 'end')) return;
    scheduler.append(simulated, 'course', [{ after: colleagueTalkTime, do: 'end', by: 'customer' }], at);
  }

  #offeredSession(sessionId: string): SimulatedSession {
    const simulated = this.#context.session(sessionId);
    if (simulated.place !== 'agent' || simulated.session.phase !== 'offered')
      throw new TelephonyError('not-available', `Session ${sessionId} is no longer offered.`);
    return simulated;
  }

  #assertWaiting({ place, session: { id, phase } }: SimulatedSession): void {
    if (place !== 'queue' && !(place === 'agent' && phase === 'offered'))
      throw new TelephonyError('not-available', `Session ${id} is not waiting for an agent.`);
  }
}
