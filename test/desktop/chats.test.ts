import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDesktop, type AgentDesktop } from '../../src/desktop/agent-desktop.js';
import type { ChatView } from '../../src/desktop/chats/tab-chats.js';
import { loadPhoneNumbers } from '../../src/domain/phone-loader.js';
import { memoryChannels, MemoryLocks } from '../../src/environment/in-memory.js';
import { MemoryHost } from '../../src/memory/index.js';
import { allCapabilities, SimulatedTelephony, simulatedProfile, type IncomingChat } from '../../src/simulator/index.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { crmData } from '../support/crm-data.js';
import { lasting } from '../support/lasting.js';
import { sealedStorage, simulatedEnvironment } from '../support/sealed-storage.js';

/** Tabs of one agent with one storage, on the embedded CRM and platform. */
class Tabs {
  readonly time = new SimulatedTime();
  readonly host: MemoryHost;
  readonly phone: SimulatedTelephony;
  readonly #locks = new MemoryLocks();
  readonly #channel = memoryChannels();
  readonly #storage = sealedStorage(this.time);
  #pages = 0;

  constructor(capabilities = allCapabilities) {
    const clocks = { clock: this.time, timers: this.time };
    const settings = { batching: { comments: false, updates: false } };
    this.host = lasting(new MemoryHost({ ...clocks, data: crmData, settings }));
    this.phone = new SimulatedTelephony({ ...clocks, alone: true, profile: { capabilities } });
  }

  async open(telephony: SimulatedTelephony = this.phone): Promise<AgentDesktop> {
    await loadPhoneNumbers();
    const page = ++this.#pages;
    const environment = {
      ...simulatedEnvironment(this.time, (id) => `page-${page}-${id}`, this.#storage),
      tabs: () => ({ locks: this.#locks, channel: this.#channel() }),
    };
    const desktop = createDesktop({ host: this.host, telephony, environment });
    desktop.start();
    await this.wait(500);
    return desktop;
  }

  /** A chat that the agent has answered. */
  async chat(more: Partial<IncomingChat> = {}): Promise<string> {
    const customer = { name: 'Giulia Rossi', email: 'giulia@example.com', authenticated: true };
    const id = this.phone.chat({ channel: 'web-chat', customer, answered: true, ...more });
    await this.wait(2000);
    return id;
  }

  wait = (milliseconds = 500): Promise<void> => this.time.advance(milliseconds);

  /** What the tab shows of the chat, after its look at it. */
  async view(desktop: AgentDesktop, id: string): Promise<ChatView> {
    desktop.chat(id);
    await this.wait();
    desktop.chat(id);
    await this.wait();
    return desktop.chat(id)!.view!;
  }

  /** The agent's messages as the platform has them. */
  async sent(id: string): Promise<readonly string[]> {
    this.phone.trouble = {};
    const { items } = await this.phone.listMessages(id, { limit: 5000 });
    return items.flatMap(({ from, text }) => (from === 'agent' ? [text!] : []));
  }

  said = ({ messages }: ChatView): readonly string[] => messages.map(({ text = '' }) => text);
  states = ({ messages }: ChatView): readonly string[] =>
    messages.flatMap(({ from, delivery }) => (from === 'agent' ? [delivery.state] : []));
}

describe('a chat on the desktop', () => {
  it('A15 shows what the customer and the agent write, in the order of the platform', async () => {
    const tabs = new Tabs();
    const desktop = await tabs.open();
    const id = await tabs.chat();
    await tabs.view(desktop, id);
    tabs.phone.write(id, 'Where is my order?');
    await tabs.wait();
    await desktop.chat(id)!.send('  Let me look.  ', []);
    await tabs.wait();
    tabs.phone.write(id, 'Thanks');
    const view = await tabs.view(desktop, id);
    assert.deepEqual(tabs.said(view), ['Where is my order?', 'Let me look.', 'Thanks']);
    assert.deepEqual(tabs.states(view), ['sent']);
    tabs.phone.reads(id);
    assert.deepEqual(tabs.states(await tabs.view(desktop, id)), ['read']);
  });

  it('A15 a message is sent once: its answer is lost, the page reloads, and the next page asks again', async () => {
    const tabs = new Tabs();
    const first = await tabs.open();
    const id = await tabs.chat();
    await tabs.view(first, id);
    tabs.phone.trouble = { sendMessage: 'lost' };
    await first.chat(id)!.send('Only once', []);
    void first.stop();
    await tabs.wait();
    tabs.phone.trouble = {};
    const second = await tabs.open();
    await tabs.wait(2000);
    assert.deepEqual(tabs.said(await tabs.view(second, id)), ['Only once']);
    assert.deepEqual(await tabs.sent(id), ['Only once']);
  });

  it('A15 a message that never reached the platform goes out after a reload, even if nobody looks', async () => {
    const tabs = new Tabs();
    const first = await tabs.open();
    const id = await tabs.chat();
    await tabs.view(first, id);
    tabs.phone.trouble = { sendMessage: 'never' };
    await first.chat(id)!.send('Not lost', [{ name: 'a.txt', type: 'text/plain', file: new Blob(['abc']) }]);
    void first.stop();
    await tabs.wait();
    tabs.phone.trouble = {};
    await tabs.open();
    await tabs.wait(2000);
    assert.deepEqual(await tabs.sent(id), ['Not lost']);
    const { items } = await tabs.phone.listMessages(id);
    assert.deepEqual(
      items[0]!.attachments!.map(({ name, size }) => [name, size]),
      [['a.txt', 3]],
    );
  });

  it('A15 a message that failed says so; Retry sends it with its key, and a restored connection does by itself', async () => {
    const tabs = new Tabs();
    const desktop = await tabs.open();
    const id = await tabs.chat();
    await tabs.view(desktop, id);
    tabs.phone.trouble = { sendMessage: 'not-available' };
    await desktop.chat(id)!.send('One', []);
    const failed = await tabs.view(desktop, id);
    assert.deepEqual(tabs.states(failed), ['failed']);
    tabs.phone.trouble = {};
    desktop.chat(id)!.retry(failed.messages[0]!.key);
    assert.deepEqual(tabs.states(await tabs.view(desktop, id)), ['sent']);
    tabs.phone.drop();
    await desktop.chat(id)!.send('Two', []);
    assert.deepEqual(tabs.states(await tabs.view(desktop, id)), ['sent', 'failed']);
    tabs.phone.restore();
    assert.deepEqual(tabs.states(await tabs.view(desktop, id)), ['sent', 'sent']);
    assert.deepEqual(await tabs.sent(id), ['One', 'Two']);
  });

  it('A15 a follower sends through the leader; a change of leader neither loses nor doubles a message', async () => {
    const tabs = new Tabs();
    const [first, second] = [await tabs.open(), await tabs.open()];
    const id = await tabs.chat();
    await tabs.view(second, id);
    assert.deepEqual([first.leads, second.leads], [true, false]);
    await second.chat(id)!.send('From the other tab', []);
    assert.deepEqual(tabs.said(await tabs.view(first, id)), ['From the other tab']);
    tabs.phone.trouble = { sendMessage: 'lost' };
    const sent = second.chat(id)!.send('While the leader goes', []);
    await tabs.wait(10);
    void first.stop();
    await tabs.wait(3000);
    await sent.catch(() => second.chat(id)!.send('While the leader goes', []));
    tabs.phone.trouble = {};
    await tabs.wait(20_000);
    assert.equal(second.leads, true);
    assert.deepEqual(await tabs.sent(id), ['From the other tab', 'While the leader goes']);
    assert.deepEqual(tabs.states(await tabs.view(second, id)), ['sent', 'sent']);
  });

  it('A15 one wish is one message, whatever a tab asks twice; two texts are two messages', async () => {
    const tabs = new Tabs();
    const [first, second] = [await tabs.open(), await tabs.open()];
    const id = await tabs.chat();
    await tabs.view(first, id);
    await tabs.view(second, id);
    const twice = [first.chat(id)!.send('Hello', []), second.chat(id)!.send('Hello', [])];
    const other = second.chat(id)!.send('Good morning', []);
    await tabs.wait();
    await Promise.all([...twice, other]);
    await tabs.wait();
    assert.deepEqual(await tabs.sent(id), ['Hello', 'Good morning']);
  });

  it('A15 each chat has its own draft, which survives a reload and leaves with its message', async () => {
    const tabs = new Tabs();
    const desktop = await tabs.open();
    const [one, other] = [await tabs.chat(), await tabs.chat()];
    await tabs.view(desktop, one);
    await tabs.view(desktop, other);
    desktop.chat(one)!.keepDraft('Half a sen');
    desktop.chat(other)!.keepDraft('Something else');
    await tabs.wait();
    void desktop.stop();
    await tabs.wait();
    const next = await tabs.open();
    assert.equal((await tabs.view(next, one)).draft.text, 'Half a sen');
    assert.equal((await tabs.view(next, other)).draft.text, 'Something else');
    await next.chat(one)!.send('Half a sentence', []);
    assert.equal((await tabs.view(next, one)).draft.text, '');
    void next.stop();
    await tabs.wait();
    assert.equal((await tabs.view(await tabs.open(), one)).draft.text, '');
  });

  it('A15 a draft stays with its author: the next agent on this machine never sees it', async () => {
    const tabs = new Tabs();
    const desktop = await tabs.open();
    const id = await tabs.chat();
    await tabs.view(desktop, id);
    desktop.chat(id)!.keepDraft('Between us');
    await tabs.wait();
    await tabs.phone.transfer(id, { kind: 'agent', id: '102', label: 'Noémie Laurent' }, 'cold');
    await tabs.wait(4000);
    void desktop.stop();
    await tabs.wait();
    const noemie = tabs.host.agents.find((one) => one.id === '102')!;
    tabs.host.getAgent = () => Promise.resolve(noemie);
    const [session] = tabs.phone.sessions();
    const hers = Object.create(tabs.phone) as SimulatedTelephony;
    hers.connect = async () => ({ ...simulatedProfile, status: 'available', activeSessions: [session!] });
    const theirs = await tabs.open(hers);
    const view = await tabs.view(theirs, id);
    assert.equal(session!.agentId, '102');
    assert.equal(view.draft.text, '');
    assert.ok(!JSON.stringify(theirs.snapshot.agent.context.leader).includes('Between us'));
  });

  it('A15 unread falls when the agent has seen the messages, on the platform and on screen', async () => {
    const tabs = new Tabs();
    const desktop = await tabs.open();
    const id = await tabs.chat();
    const unread = () => desktop.snapshot.agent.context.leader.sessions[id]!.context.unread;
    for (const text of ['One', 'Two']) tabs.phone.write(id, text);
    const { messages } = await tabs.view(desktop, id);
    assert.equal(unread(), 2);
    desktop.chat(id)!.see(messages[0]!.id!);
    await tabs.wait();
    assert.equal(unread(), 1);
    desktop.chat(id)!.see(messages[1]!.id!);
    await tabs.wait();
    assert.equal(unread(), 0);
    tabs.phone.write(id, 'Three');
    await tabs.wait();
    assert.equal(unread(), 1);
  });

  it('A15 a resumed session loads its conversation page by page, and 100 messages of one second keep their order', async () => {
    const tabs = new Tabs();
    const first = await tabs.open();
    const id = await tabs.chat();
    const all = Array.from({ length: 120 }, (_, at) => `Message ${at}`);
    for (const text of all) {
      tabs.phone.write(id, text);
      await tabs.wait(10);
    }
    void first.stop();
    await tabs.wait();
    const desktop = await tabs.open();
    assert.deepEqual(tabs.said(await tabs.view(desktop, id)), all.slice(-50));
    for (const rest of [100, 120]) {
      desktop.chat(id)!.load();
      assert.deepEqual(tabs.said(await tabs.view(desktop, id)), all.slice(-rest));
    }
    assert.equal((await tabs.view(desktop, id)).hasOlder, false);
  });

  it('A15 a conversation that cannot be loaded shows what was heard, takes an answer, and loads on Retry', async () => {
    const tabs = new Tabs();
    const desktop = await tabs.open();
    const id = await tabs.chat();
    tabs.phone.write(id, 'Before');
    await tabs.wait();
    tabs.phone.trouble = { listMessages: 'not-available' };
    assert.equal((await tabs.view(desktop, id)).state, 'failed');
    tabs.phone.write(id, 'After');
    await tabs.wait();
    await desktop.chat(id)!.send('I can still answer', []);
    const failed = await tabs.view(desktop, id);
    assert.deepEqual(tabs.said(failed), ['Before', 'After', 'I can still answer']);
    tabs.phone.trouble = {};
    desktop.chat(id)!.load();
    assert.equal((await tabs.view(desktop, id)).state, 'shown');
  });

  it('A15 events that come late, twice and out of order show each message once, in order', async () => {
    const tabs = new Tabs();
    const desktop = await tabs.open();
    const id = await tabs.chat();
    await tabs.view(desktop, id);
    tabs.phone.disorder = { late: 0.3, twice: 0.5, shuffled: 0.5 };
    const all = Array.from({ length: 30 }, (_, at) => `Message ${at}`);
    for (const text of all) {
      tabs.phone.write(id, text);
      await tabs.wait(100);
    }
    await tabs.wait(10_000);
    assert.deepEqual(tabs.said(await tabs.view(desktop, id)), all);
  });

  it('A15 typing ends by itself, and a redacted message is replaced', async () => {
    const tabs = new Tabs();
    const desktop = await tabs.open();
    const id = await tabs.chat();
    const message = tabs.phone.write(id, 'My card is 4111');
    tabs.phone.types(id);
    assert.equal((await tabs.view(desktop, id)).typing, 'customer');
    await tabs.wait(7000);
    assert.equal((await tabs.view(desktop, id)).typing, undefined);
    tabs.phone.redactMessage(id, message, 'My card is ••••');
    assert.deepEqual(tabs.said(await tabs.view(desktop, id)), ['My card is ••••']);
  });

  it('A15 nothing of a conversation is in the log or in what the tabs share', async () => {
    const tabs = new Tabs();
    const desktop = await tabs.open();
    const id = await tabs.chat();
    await tabs.view(desktop, id);
    tabs.phone.write(id, 'A secret word');
    await desktop.chat(id)!.send('Another secret', []);
    desktop.chat(id)!.keepDraft('A third secret');
    await tabs.wait();
    assert.ok(!/secret/.test(desktop.log.join('\n')));
    assert.ok(!/secret/.test(JSON.stringify(desktop.snapshot.agent.context.leader)));
  });
});
