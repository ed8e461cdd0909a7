import { describe, it } from 'node:test';
import { SimulatedTelephony } from '../../src/simulator/index.js';
import { SimulatedTime, telephonyContract } from '../../src/testing/index.js';

const numbers = {
  answered: '+14155550101',
  busy: '+14155550102',
  noAnswer: '+14155550103',
  hangsUp: '+14155550104',
  restricted: '+14155550105',
};

telephonyContract(
  { describe, it, skip: (title, reason) => it(title, { skip: reason }) },
  {
    name: 'SimulatedTelephony',
    capabilities: ['record', 'resume'],
    levers: ['answered', 'busy', 'noAnswer', 'hangsUp', 'restricted', 'repeatEvents'],
    async create() {
      const time = new SimulatedTime();
      const telephony = new SimulatedTelephony({
        clock: time,
        timers: time,
        calls: {
          [numbers.busy]: 'busy',
          [numbers.noAnswer]: 'no-answer',
          [numbers.hangsUp]: { outcome: 'answered', talkSeconds: 12 },
          [numbers.restricted]: 'restricted',
        },
      });
      return {
        telephony,
        agent: { id: '101', name: 'Alex Morgan', teams: ['support'] },
        numbers,
        outboundNumber: '+18005550100',
        language: 'en',
        advance: (milliseconds) => time.advance(milliseconds),
        repeatEvents: () => void (telephony.disorder = { twice: 1 }),
      };
    },
  },
);
