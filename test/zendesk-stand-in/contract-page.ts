// Runs the contract suite with the real framework client, in an iframe of the stand-in's shell.
import { crmHostContract } from '../../src/testing/index.js';
import { appMessages } from '../../src/zendesk/app-messages.js';
import { dialOutEvent } from '../../src/zendesk/dial-out.js';
import { openFramework } from '../../src/zendesk/open-framework.js';
import { ZendeskHost } from '../../src/zendesk/zendesk-host.js';
import { gathering, resultsOf, type CaseResult } from '../support/contract-cases.js';
import type { Control } from './control.js';
import { fastTime } from './fast-time.js';

declare global {
  interface Window {
    contractResults?: CaseResult[];
  }
}

const account = document.querySelector<HTMLMetaElement>('meta[name="ccai-account"]')!.content;
const speed = 20;
const time = fastTime(speed);

/** The stand-in's control over HTTP. */
const control = new Proxy({} as Control, {
  get:
    (_, method: string) =>
    async (...args: unknown[]) => {
      const body = JSON.stringify({ method, args });
      const response = await fetch(`${account}/stand-in/control`, { method: 'POST', body });
      const { result, error } = (await response.json()) as { result?: unknown; error?: string };
      if (error) throw new Error(error);
      return result;
    },
});

const framework = await openFramework({ account, timers: time.timers });
const metadata = await framework.metadata();

/** Sends an event of the app framework to this instance. Resolves when it was received. */
function triggered(name: string, data: unknown): Promise<void> {
  return new Promise((resolve) => {
    const stop = framework.on(name, () => {
      stop();
      resolve();
    });
    framework.client.trigger(name, data);
  });
}

const { runner, cases } = gathering();
crmHostContract(runner, {
  name: 'ZendeskHost',
  capabilities: ['voice', 'merge', 'agents', 'authors'],
  levers: [
    ...(['close', 'merge', 'touch', 'comments', 'requestDial', 'open', 'changeSettings'] as const),
    ...(['loseNextAnswer', 'failNext', 'silence'] as const),
  ],
  async create() {
    await control.reset();
    const host = new ZendeskHost(framework, metadata, time);
    return {
      host,
      agentId: '101',
      colleagueId: '102',
      tick: () => control.advance(1000),
      levers: {
        close: (id) => control.change(Number(id), { status: 'closed', assigneeId: 101 }),
        merge: (from, into) => control.merge(Number(from), Number(into)),
        touch: (id) => control.comment(Number(id), 'From a person'),
        comments: async (id) =>
          (await control.comments(Number(id))).map(({ body, authorId }) => ({ body, authorId: String(authorId) })),
        requestDial: (request) => {
          const {
            number = '',
            ticketId,
            contactId,
          } = request as { number?: string; ticketId?: string; contactId?: string };
          return triggered(dialOutEvent, { number, userId: contactId, ticketId });
        },
        open: (ticketId) => triggered(appMessages.context, { ticketId }),
        changeSettings: (settings) => triggered(appMessages.settings, { text: JSON.stringify(settings) }),
        loseNextAnswer: (operation) =>
          control.failNext({ kind: 'cut-after' }, { method: operation === 'writeTickets' ? 'PUT' : 'POST' }),
        failNext: (code) => {
          if (code === 'rate-limited') return control.failNext({ kind: 'status', status: 429, retryAfter: 1 });
          // Offline for one check.
          const online = () => {
            Reflect.deleteProperty(navigator, 'onLine');
            return false;
          };
          Object.defineProperty(navigator, 'onLine', { get: online, configurable: true });
        },
        silence: () => control.failNext({ kind: 'silent' }, {}, 1000),
      },
    };
  },
});

window.contractResults = await resultsOf(cases);
