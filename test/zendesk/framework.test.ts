import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SimulatedTime } from '../../src/testing/index.js';
import { readContext, readDialMessage } from '../../src/zendesk/app-messages.js';
import { DialOutFilter, dialRequestOf } from '../../src/zendesk/dial-out.js';
import { DialRelay } from '../../src/zendesk/dial-relay.js';
import { embeddingAccount, gate } from '../../src/zendesk/framework-gate.js';
import { frameworkTransport } from '../../src/zendesk/framework-transport.js';
import { Framework, type ZafClient } from '../../src/zendesk/framework.js';
import { openFramework } from '../../src/zendesk/open-framework.js';
import { ZendeskHost } from '../../src/zendesk/zendesk-host.js';

const inZendesk = (origin: string, embeds: string = origin) => ({
  search: `?origin=${encodeURIComponent(origin)}&app_guid=g`,
  hash: '',
  ancestorOrigins: [embeds],
  referrer: `${embeds}/`,
});
const acme = 'https://acme.zendesk.com';

describe('the framework client', () => {
  it('Q8 is the only script that the page’s policy allows', async () => {
    const globals = globalThis as unknown as Record<string, unknown>;
    const before = new Map(['location', 'document', 'trustedTypes'].map((name) => [name, globals[name]]));
    let createScriptURL: (url: string) => string = () => assert.fail('no policy was made');
    const script = { src: '', addEventListener: (type: string, run: () => void) => type === 'error' && run() };
    const page = inZendesk(acme);
    Object.assign(globals, {
      location: { search: page.search, hash: '', ancestorOrigins: page.ancestorOrigins },
      document: { referrer: page.referrer, createElement: () => script, head: { append: () => undefined } },
      trustedTypes: {
        createPolicy: (_name: string, rules: { createScriptURL: (url: string) => string }) => {
          createScriptURL = rules.createScriptURL;
          return rules;
        },
      },
    });
    try {
      await assert.rejects(openFramework({ account: 'acme' }), { code: 'offline' });
      const own = 'https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js';
      assert.equal(script.src, own);
      assert.equal(createScriptURL(own), own);
      for (const other of ['https://static.zdassets.com/x.js', `${own}?x`, 'data:text/javascript,1', ''])
        assert.throws(() => createScriptURL(other), TypeError, other);
    } finally {
      for (const [name, value] of before) globals[name] = value;
    }
  });
});

describe('gate', () => {
  it('accepts only the account’s own origin, although the framework client accepts others', () => {
    assert.equal(gate('acme', inZendesk(acme)), acme);
    for (const other of [
      'https://evil.zendesk.com',
      'http://acme.zendesk.com',
      'https://acme.zendesk.com.evil.example',
      'http://localhost:8000',
      'https://acme.zopim.com',
      'null',
    ])
      assert.throws(() => gate('acme', inZendesk(other)), { name: 'CrmError', code: 'forbidden' }, other);
  });

  it('reads from the browser who embeds the page, not from the address', () => {
    assert.throws(
      () => gate('acme', inZendesk(acme, 'https://evil.example')),
      /does not work in a page of https:\/\/evil\.example/,
    );
    const byReferrer = { ...inZendesk(acme), ancestorOrigins: undefined, referrer: 'https://evil.zendesk.com/agent' };
    assert.throws(() => gate('acme', byReferrer), { code: 'forbidden' });
    // Without either, only the framework client's own check of every message is left.
    assert.equal(gate('acme', { ...byReferrer, referrer: '' }), acme);
  });

  it('explains that a page outside Zendesk does not work', () => {
    assert.throws(() => gate('acme', { search: '', hash: '', referrer: '' }), /works inside Zendesk only/);
  });

  it('reads the parameters from the hash too, and accepts a configured origin', () => {
    const { search, ...rest } = inZendesk('http://127.0.0.1:8100');
    assert.equal(
      gate('http://127.0.0.1:8100', { ...rest, search: '', hash: `#${search.slice(1)}` }),
      'http://127.0.0.1:8100',
    );
    assert.throws(() => gate('http://127.0.0.1:8101', inZendesk('http://127.0.0.1:8100')), { code: 'forbidden' });
  });

  it('an app for any account belongs to the account that embeds it', () => {
    assert.equal(embeddingAccount({ ancestorOrigins: [acme], referrer: '' }), 'acme');
    assert.equal(embeddingAccount({ referrer: 'https://acme.zendesk.com/agent/tickets/1' }), 'acme');
    for (const origin of [
      'http://localhost:8000',
      'https://acme.zendesk.com.evil.example',
      'https://zendesk.com',
      'null',
    ])
      assert.equal(embeddingAccount({ ancestorOrigins: [origin], referrer: acme }), undefined, origin);
  });
});

describe('dialRequestOf', () => {
  it('F9 F10 F12 reads Zendesk’s event', () => {
    const cases: [unknown, unknown][] = [
      [
        { number: '+1415', userId: 1, ticketId: 2 },
        { from: 'ticket', ticketId: '2', number: '+1415', contactId: '1' },
      ],
      [
        { number: '', userId: 1, ticketId: 2 },
        { from: 'ticket-new-number', ticketId: '2', contactId: '1' },
      ],
      [
        { number: ' ', userId: null, ticketId: '2' },
        { from: 'ticket-new-number', ticketId: '2' },
      ],
      [
        { number: '+1415', userId: 1, ticketId: null },
        { from: 'contact', contactId: '1', number: '+1415' },
      ],
      [{ number: '+1415' }, { from: 'adapter', number: '+1415' }],
      [{ number: '', userId: 1 }, { from: 'adapter' }],
      [undefined, { from: 'adapter' }],
      ['nonsense', { from: 'adapter' }],
    ];
    for (const [payload, request] of cases) assert.deepEqual(dialRequestOf(payload), request);
  });
});

describe('DialOutFilter', () => {
  const request = dialRequestOf({ number: '+1415', userId: 1 });
  const other = dialRequestOf({ number: '+1416', userId: 1 });

  it('F9 a click that comes directly and relayed counts once, in either order', () => {
    for (const [one, two] of [
      ['direct', 'relayed'],
      ['relayed', 'direct'],
    ] as const) {
      const filter = new DialOutFilter();
      assert.deepEqual([filter.isNew(request, one, 0), filter.isNew(request, two, 300)], [true, false]);
      assert.equal(filter.isNew(request, one, 1600), true, 'the next click is a new one');
    }
  });

  it('F9 two clicks count twice, a double click once, and other numbers separately', () => {
    const filter = new DialOutFilter();
    assert.deepEqual([filter.isNew(request, 'direct', 0), filter.isNew(request, 'direct', 300)], [true, false]);
    assert.equal(filter.isNew(other, 'direct', 400), true);
    assert.equal(filter.isNew(request, 'direct', 1500), true);
    assert.deepEqual([filter.isNew(request, 'relayed', 1600), filter.isNew(request, 'relayed', 1700)], [false, false]);
    assert.deepEqual([filter.isNew(request, 'sidebar', 1800), filter.isNew(request, 'sidebar', 1900)], [true, false]);
  });

  it('F9 a double click that comes both ways counts once, in any order', () => {
    for (const ways of [
      ['direct', 'relayed', 'direct', 'relayed'],
      ['direct', 'direct', 'relayed', 'relayed'],
      ['relayed', 'direct', 'relayed', 'direct'],
      ['relayed', 'relayed', 'direct', 'direct'],
    ] as const) {
      const filter = new DialOutFilter();
      const heard = ways.map((way, at) => filter.isNew(request, way, at * 120));
      assert.deepEqual(heard, [true, false, false, false], ways.join());
    }
  });

  it('F9 a much later click counts separately', () => {
    const filter = new DialOutFilter();
    filter.isNew(request, 'direct', 0);
    assert.equal(filter.isNew(request, 'relayed', 60_000), true);
  });
});

describe('messages between instances', () => {
  it('are accepted only in their documented shape', () => {
    const request = { from: 'contact', contactId: '1', number: '+1415' };
    assert.deepEqual(readDialMessage({ id: 'a/1', from: 'a', request, voice: true, more: 1 }), {
      id: 'a/1',
      from: 'a',
      request,
      voice: true,
    });
    for (const odd of [
      undefined,
      'text',
      { id: 'a', from: 'a' },
      { id: 1, from: 'a', request },
      { id: 'a', from: 'a', request: { from: 'contact', number: '+1415' } },
      { id: 'a', from: 'a', request: { from: 'call-back', sessionId: 's' } },
    ])
      assert.equal(readDialMessage(odd), undefined, JSON.stringify(odd));
    assert.deepEqual(readContext({ ticketId: '1', contactId: 2, other: 'x' }), { ticketId: '1' });
    assert.deepEqual(readContext(null), {});
  });
});

/** A framework client whose other instances record the events that they receive. */
function fakeFramework(time: SimulatedTime, instances: Record<string, { location: string }>) {
  const heard: string[] = [];
  const listeners = new Map<string, ((data: unknown) => void)[]>();
  const instance = (guid: string): ZafClient =>
    ({
      invoke: async (name: string, ...args: unknown[]) => void heard.push(`${guid} ${name} ${args.join()}`.trim()),
      trigger: (name: string, data: { id?: string }) => void heard.push(`${guid} ${name} ${data?.id}`),
    }) as unknown as ZafClient;
  const client = {
    get: async (path: string) => ({ [path]: instances }),
    on: (name: string, listener: (data: unknown) => void) =>
      void listeners.set(name, [...(listeners.get(name) ?? []), listener]),
    instance,
  } as unknown as ZafClient;
  const raise = (name: string, data?: unknown) => listeners.get(name)?.forEach((listener) => listener(data));
  return { framework: new Framework(client, acme, time), heard, raise };
}

describe('DialRelay', () => {
  const request = { from: 'contact', contactId: '1', number: '+1415' } as const;
  const where = { top: { location: 'top_bar' }, own: { location: 'background' } };

  it('F9 preloads the panel, shows it, and repeats a request until the panel confirms it', async () => {
    const time = new SimulatedTime();
    const { framework, heard, raise } = fakeFramework(time, where);
    const relay = new DialRelay(framework, 'own', time);
    await relay.preload();
    const taken = relay.dial(request, { voice: true });
    await time.advance(0);
    assert.deepEqual(heard, ['top preloadPane', 'top ccai.dial own/1', 'top popover show']);
    await time.advance(4000);
    assert.deepEqual(heard.slice(3), ['top ccai.dial own/1', 'top ccai.dial own/1']);
    raise('ccai.dial.taken', { id: 'own/1' });
    assert.equal(await taken, true);
    await time.advance(60_000);
    assert.equal(heard.length, 5, 'and then no more');
  });

  it('F9 a panel that starts later gets waiting requests at once; an unconfirmed request is given up and reported', async () => {
    const time = new SimulatedTime();
    const { framework, heard, raise } = fakeFramework(time, where);
    const relay = new DialRelay(framework, 'own', time);
    const taken = relay.dial(request, { voice: true });
    await time.advance(0);
    raise('ccai.ready');
    await time.advance(0);
    assert.equal(heard.filter((line) => line === 'top ccai.dial own/1').length, 2);
    await time.advance(600_000);
    assert.equal(await taken, false);
    assert.ok(heard.length < 40, `${heard.length} messages`);
  });

  it('F9 a framework that is silent for a while delays requests and loses none', async () => {
    const time = new SimulatedTime();
    const { framework, heard, raise } = fakeFramework(time, where);
    const { get } = framework.client;
    framework.client.get = () => new Promise(() => {});
    const relay = new DialRelay(framework, 'own', time);
    const taken = relay.dial(request, { voice: true });
    await time.advance(6000);
    assert.equal(heard.length, 0);
    framework.client.get = get;
    await time.advance(10_000);
    assert.ok(heard.some((line) => line === 'top ccai.dial own/1'));
    raise('ccai.dial.taken', { id: 'own/1' });
    assert.equal(await taken, true);
  });
});

describe('frameworkTransport', () => {
  const transportOf = (request: (options: Record<string, unknown>) => Promise<unknown>) =>
    frameworkTransport(new Framework({ request } as unknown as ZafClient, acme, new SimulatedTime()));

  it('B5 keeps Zendesk’s shell from repeating requests', async () => {
    let seen: Record<string, unknown> = {};
    const transport = transportOf(async (options) => {
      seen = options;
      return { status: 200, headers: { Date: 'Sun, 22 Nov 2026 10:00:00 GMT' }, responseJSON: { ticket: {} } };
    });
    const answer = await transport.send({ method: 'PUT', path: '/api/v2/tickets/1', body: '{"ticket":{}}' });
    assert.deepEqual(seen, {
      url: '/api/v2/tickets/1',
      type: 'PUT',
      data: '{"ticket":{}}',
      contentType: 'application/json',
      httpCompleteResponse: true,
      autoRetry: false,
    });
    assert.deepEqual(answer.headers, { date: 'Sun, 22 Nov 2026 10:00:00 GMT' });
  });

  it('B5 reads a refusal, a proxy’s page, and no response', async () => {
    const refusal = transportOf(() => Promise.reject({ status: 422, responseText: '{"error":"RecordInvalid"}' }));
    assert.deepEqual((await refusal.send({ method: 'GET', path: '/' })).body, { error: 'RecordInvalid' });
    const proxy = transportOf(async () => ({
      status: 200,
      headers: 'Content-Type: text/html\r\nDate: x',
      responseText: '<html>',
    }));
    assert.deepEqual(await proxy.send({ method: 'GET', path: '/' }), {
      status: 200,
      headers: { 'content-type': 'text/html', date: 'x' },
      body: '<html>',
    });
    for (const nothing of [undefined, null, {}, { status: 0 }])
      await assert.rejects(transportOf(() => Promise.reject(nothing)).send({ method: 'PUT', path: '/' }), {
        name: 'TransportFailure',
        sent: 'maybe',
      });
  });
});

describe('Framework', () => {
  it('A1 a framework that does not answer is a time-out after seconds, not five minutes', async () => {
    const time = new SimulatedTime();
    const framework = new Framework({ get: () => new Promise(() => {}) } as unknown as ZafClient, acme, time);
    const asked = framework.get('currentUser').catch((error: unknown) => error);
    await time.advance(5000);
    const error = (await asked) as { code: string; message: string };
    assert.deepEqual([error.code, error.message], ['timeout', 'Zendesk did not answer when asked for currentUser.']);
  });
});

describe('ZendeskHost', () => {
  it('R11 a ticket names the agent whose panel keeps a file, whoever wrote the comment', async () => {
    const time = new SimulatedTime();
    const ticket = { id: 900, updated_at: new Date(time.now() - 60_000).toISOString(), tags: [], custom_fields: [] };
    const sent: string[] = [];
    let knowsAgent = true;
    const client = {
      on: () => undefined,
      context: async () => ({ instanceGuid: 'own' }),
      get: async (path: string) => {
        if (path === 'currentUser' && !knowsAgent) throw new Error('not now');
        return { [path]: path === 'currentUser' ? { id: 101, name: 'Ana Torres' } : {} };
      },
      request: async ({ type, data }: { type: string; data?: string }) => {
        if (type === 'PUT')
          sent.push((JSON.parse(data!) as { ticket: { comment: { body: string } } }).ticket.comment.body);
        return { status: 200, responseJSON: { ticket } };
      },
    } as unknown as ZafClient;
    const write = async () => {
      const host = new ZendeskHost(new Framework(client, acme, time), { settings: {} }, { clock: time, timers: time });
      const file = new Blob(['x']);
      const recording = { startedAt: '2026-11-22T10:00:00Z', durationSeconds: 24, part: 1, parts: 1, file };
      const comment = { body: 'Voicemail message', public: false as const, authorId: '102', recording };
      const key = { key: 'k', attempt: 'first' as const, ticketId: '900', ifStamp: ticket.updated_at };
      const written = host.writeTickets([{ ...key, comment }]);
      await time.advance(5000);
      assert.deepEqual(await written, [{ key: 'k', ok: true, stamp: ticket.updated_at }]);
    };
    await write();
    knowsAgent = false;
    await write();
    const words = 'Voicemail message\nRecording (2026-11-22 10:00:00 UTC, 00:24, 1 bytes): kept by the call panel of ';
    assert.deepEqual(sent, [`${words}Ana Torres, not in Zendesk`, `${words}agent 102, not in Zendesk`]);
  });
});
