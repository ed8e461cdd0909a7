import type { MemoryHost } from '../../../src/memory/index.js';
import type { CommandFailure, CommandTrouble } from '../../../src/simulator/index.js';
import type { Chance } from './chance.js';
import { numbers } from './people.js';
import type { ShiftPlatform } from './shift-platform.js';

const queues = [
  { id: 'q-support', path: ['Support'] },
  { id: 'returns', path: ['Sales', 'Orders and returns'] },
];
const colleagues = ['102', '103', '104', 'returns', 'q-support', '+14155550190'];
const commands = [
  ...(['answer', 'decline', 'end', 'setMuted', 'setHeld', 'setRecordingPaused', 'sendDigits', 'transfer'] as const),
  ...(['completeTransfer', 'cancelTransfer', 'addParticipant', 'removeParticipant', 'leave', 'submitWrapUp'] as const),
  ...(['status', 'dial', 'cancelDial', 'history', 'voicemails', 'markVoicemail', 'directory', 'associate'] as const),
] satisfies (keyof CommandTrouble)[];
const failures: readonly CommandFailure[] = [
  ...(['offline', 'timeout', 'not-available', 'microphone-denied', 'never', 'lost'] as const),
];
const crmFailures = ['offline', 'unavailable', 'timeout', 'rate-limited', 'never'] as const;

/** Simulates the customers, and failures of the platform and of the CRM. */
export class Surroundings {
  readonly #chance: Chance;
  readonly #platform: ShiftPlatform;
  readonly #host: MemoryHost;
  readonly #worst: { late: number; twice: number; shuffled: number; lost: number };

  /** `disorder`: from 0 (events come in order) to 1 (many events are late, repeated, lost or out of order). */
  constructor(chance: Chance, platform: ShiftPlatform, host: MemoryHost, disorder: number) {
    this.#chance = chance;
    this.#platform = platform;
    this.#host = host;
    this.#worst = { late: 0.3 * disorder, twice: 0.2 * disorder, shuffled: 0.2 * disorder, lost: 0.1 * disorder };
  }

  begin(): void {
    const { lost, ...disorder } = this.#worst;
    this.#platform.disorder = disorder;
    this.#platform.lost = lost;
  }

  /** From now on there are no more customers, and nothing fails. */
  end(): void {
    this.#platform.disorder = { late: 0, twice: 0, shuffled: 0 };
    this.#platform.lost = 0;
    this.#platform.trouble = {};
    this.#platform.restore();
    this.#host.trouble = { fail: {}, rate: 1, latencyMs: 0, loseAnswers: false };
    for (const id of this.#platform.at('queue')) this.#platform.hangUp(id);
  }

  /** The next customer calls or writes. */
  customer(): void {
    const chance = this.#chance;
    const number = chance.hits(0.12) ? {} : { number: chance.pick(numbers) };
    const queue = chance.pick(queues);
    const talks = chance.hits(0.6) ? { talkSeconds: chance.between(3, 240) } : {};
    const waits = { ringSeconds: chance.between(8, 30), patienceSeconds: chance.between(15, 180) };
    const kind = chance.between(1, 20);
    if (kind <= 11)
      this.#platform.incoming({ ...number, ...talks, ...waits, queue, ...(kind === 1 && { blocked: true }) });
    else if (kind <= 15)
      this.#platform.chat({
        ...{ channel: chance.pick(['web-chat', 'mobile-chat']), queue, ...talks, ...waits },
        customer: { identifier: `visitor-${chance.between(1, 9)}`, authenticated: chance.hits(0.5) },
      });
    else if (kind <= 17) this.#platform.voicemail({ ...number, queue });
    else this.#platform.abandoned({ ...number, queue });
  }

  /** A customer of a current session does something. */
  conduct(): void {
    const chance = this.#chance;
    const there = [...this.#platform.at('agent'), ...this.#platform.at('queue')];
    if (there.length === 0) return;
    const id = chance.pick(there);
    const { phase, channel } = this.#platform.sessions().find((one) => one.id === id)!;
    const acts: readonly (() => void)[] = [
      () => this.#platform.hangUp(id),
      () => this.#platform.pickUp(id),
      () => this.#platform.customData(id, { order: `A-${chance.between(1, 99)}` }),
      ...(phase === 'connected' ? [() => this.#platform.quality(id, { word: 'good', loss: 0, jitter: 3 })] : []),
      ...(phase === 'connected' && channel.endsWith('chat') ? [() => this.#platform.message(id)] : []),
      ...(phase === 'connected' && !channel.endsWith('chat') ? [() => this.#atAnotherDevice(id)] : []),
      ...(phase === 'offered' ? [() => this.#platform.takenElsewhere(id)] : []),
    ];
    chance.pick(acts)();
  }

  /** One thing fails from now on, or everything works again. */
  trouble(): void {
    const chance = this.#chance;
    const platform = this.#platform;
    for (const id of colleagues)
      platform.scriptTarget(id, chance.pick(['answers', 'answers', 'declines', 'no-answer', 'never-answers']));
    platform.next = chance.hits(0.5)
      ? chance.pick(['busy', 'no-answer', 'rejected', 'dropped', 'restricted'])
      : undefined;
    platform.trouble = chance.hits(0.4)
      ? { latencyMs: chance.between(0, 800) }
      : {
          [chance.pick(commands)]: chance.pick(failures),
          [chance.pick(commands)]: chance.pick(failures),
          latencyMs: chance.between(0, 800),
        };
    if (chance.hits(0.12)) platform.drop({ endCalls: chance.hits(0.3) });
    else platform.restore();
    if (chance.hits(0.08)) this.#host.signOut();
    else if (chance.hits(0.3)) void this.#host.signIn();
    this.#host.trouble = chance.hits(0.6)
      ? { fail: {}, loseAnswers: false, rate: 1, latencyMs: chance.between(0, 400) }
      : { fail: { '*': chance.pick(crmFailures) }, rate: 0.4, loseAnswers: chance.hits(0.3), latencyMs: 200 };
  }

  #atAnotherDevice(id: string): void {
    const on = this.#chance.hits(0.5);
    this.#platform.atAnotherDevice(id, { do: this.#chance.pick(['mute', 'pause-recording']), on });
  }
}
