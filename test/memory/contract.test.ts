import { describe, it } from 'node:test';
import { MemoryHost } from '../../src/memory/index.js';
import { crmHostContract, SimulatedTime } from '../../src/testing/index.js';

crmHostContract(
  { describe, it, skip: (title, reason) => it(title, { skip: reason }) },
  {
    name: 'MemoryHost',
    capabilities: ['uploads', 'voice', 'merge', 'agents', 'authors'],
    levers: [
      'close',
      'merge',
      'touch',
      'comments',
      'requestDial',
      'open',
      'changeSettings',
      'loseNextAnswer',
      'failNext',
      'silence',
    ],
    async create() {
      const time = new SimulatedTime();
      const host = new MemoryHost({ clock: time, timers: time });
      return {
        host,
        agentId: (await host.getAgent()).id,
        colleagueId: '102',
        levers: {
          close: (id) => host.setStatus(id, 'closed'),
          merge: (from, into) => host.merge(from, into),
          touch: (id) => void host.addComment(id, { body: 'From a person' }),
          comments: async (id) => host.comments(id),
          open: (ticketId) => host.open({ ticketId }),
          changeSettings: (settings) => host.setSettings(settings),
          requestDial: (request) => host.requestDial(request),
          loseNextAnswer: (operation) => host.failNext(operation, 'lost'),
          failNext: (code) => host.failNext('*', code),
          silence: () => void (host.trouble = { fail: { '*': 'never' } }),
        },
      };
    },
  },
);
