import { after, before, describe, it } from 'node:test';
import { crmRecordsContract } from '../../src/testing/index.js';
import { fetchTransport, TransportFailure, ZendeskRecords, type ZendeskTransport } from '../../src/zendesk/index.js';
import type { StandIn } from '../zendesk-stand-in/control.js';
import { fastTime } from '../zendesk-stand-in/fast-time.js';
import { startStandIn } from '../zendesk-stand-in/start-stand-in.js';

const speed = 20;

describe('ZendeskRecords over HTTP, in Node', () => {
  let standIn: StandIn;
  before(async () => void (standIn = await startStandIn({ speed })));
  after(() => standIn.close());

  crmRecordsContract(
    { describe, it, skip: (title, reason) => it(title, { skip: reason }) },
    {
      name: 'ZendeskRecords',
      capabilities: ['voice', 'merge', 'agents', 'authors'],
      levers: ['close', 'merge', 'touch', 'comments', 'loseNextAnswer', 'failNext', 'silence'],
      async create() {
        const { url, control } = standIn;
        await control.reset();
        const wire = fetchTransport({ origin: url, authorization: () => 'Bearer agent-101' });
        let offline = false;
        const transport: ZendeskTransport = {
          origin: url,
          send: (request) => {
            if (!offline) return wire.send(request);
            offline = false;
            return Promise.reject(new TransportFailure('There is no connection to Zendesk.', 'no'));
          },
        };
        const records = new ZendeskRecords(transport, fastTime(speed));
        return {
          host: records,
          agentId: '101',
          colleagueId: '102',
          tick: () => control.advance(1000),
          levers: {
            close: (id) => control.change(Number(id), { status: 'closed', assigneeId: 101 }),
            merge: (from, into) => control.merge(Number(from), Number(into)),
            touch: (id) => control.comment(Number(id), 'From a person'),
            comments: async (id) =>
              (await control.comments(Number(id))).map(({ body, authorId }) => ({ body, authorId: String(authorId) })),
            loseNextAnswer: (operation) =>
              control.failNext({ kind: 'cut-after' }, { method: operation === 'writeTickets' ? 'PUT' : 'POST' }),
            failNext: (code) => {
              offline = code === 'offline';
              return offline ? undefined : control.failNext({ kind: 'status', status: 429, retryAfter: 1 });
            },
            silence: () => control.failNext({ kind: 'silent' }, {}, 1000),
          },
        };
      },
    },
  );
});
