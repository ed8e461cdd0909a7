import { SimulatedTelephony, type SimulatorOptions } from '../../src/simulator/index.js';
import type { Capability } from '../../src/telephony/telephony.js';
import { SimulatedTime } from '../../src/testing/index.js';

const numbers = {
  answered: '+14155550101',
  busy: '+14155550102',
  noAnswer: '+14155550103',
  hangsUp: '+14155550104',
  restricted: '+14155550105',
};
const calls: SimulatorOptions['calls'] = {
  [numbers.busy]: 'busy',
  [numbers.noAnswer]: 'no-answer',
  [numbers.hangsUp]: { outcome: 'answered', talkSeconds: 12 },
  [numbers.restricted]: 'restricted',
};
const targets = {
  agent: { kind: 'agent', id: '102', label: 'Noémie Laurent' },
  queue: { kind: 'queue', id: 'q-repairs', label: 'Repairs' },
  outside: { kind: 'outside', id: '+14155550190', label: 'Workshop San Francisco' },
  declines: { kind: 'agent', id: '104', label: 'Priya Raghunathan' },
} as const;

/** The contract fixture of the embedded platform, or of a platform with a planted bug. */
export const contractOf = (
  name: string,
  capabilities: readonly Capability[],
  Platform: typeof SimulatedTelephony = SimulatedTelephony,
) =>
  ({
    name,
    capabilities,
    levers: [
      ...['answered', 'busy', 'noAnswer', 'hangsUp', 'restricted'],
      ...['repeatEvents', 'incoming', 'chat', 'writes', 'voicemail', 'hangUp', 'targets'],
    ] as never,
    async create() {
      const time = new SimulatedTime();
      const clocks = { clock: time, timers: time };
      const telephony = new Platform({ ...clocks, calls, profile: { capabilities }, targets: { '104': 'declines' } });
      return {
        telephony,
        agent: { id: '101', name: 'Alex Morgan', teams: ['support'] },
        numbers,
        targets,
        outboundNumber: '+18005550100',
        language: 'en',
        advance: (milliseconds: number) => time.advance(milliseconds),
        incoming: (number: string) => telephony.incoming({ number, patienceSeconds: 600 }),
        chat: () => telephony.chat({ channel: 'web-chat', customer: { identifier: 'u1', authenticated: true } }),
        writes: (sessionId: string, text: string) => void telephony.write(sessionId, text),
        voicemail: () => telephony.voicemail({ number: '+14155550123' }),
        hangUp: (sessionId: string) => telephony.hangUp(sessionId),
        repeatEvents: () => void (telephony.disorder = { twice: 1 }),
      };
    },
  }) as const;
