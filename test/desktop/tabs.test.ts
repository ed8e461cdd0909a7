import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDesktop, type AgentDesktop } from '../../src/desktop/agent-desktop.js';
import type { DesktopEvent } from '../../src/desktop/desktop-event.js';
import type { Timers } from '../../src/environment/environment.js';
import { loadPhoneNumbers } from '../../src/domain/phone-loader.js';
import { callOn } from '../../src/machine/leader/leader-state.js';
import { screenOf } from '../../src/machine/agent/screen-view.js';
import { MemoryHost } from '../../src/memory/index.js';
import { memoryChannels, MemoryLocks, MemoryStore } from '../../src/environment/in-memory.js';
import { SimulatedTelephony, type StateStorage } from '../../src/simulator/index.js';
import { SimulatedTime } from '../../src/testing/simulated-time.js';
import { crmData, MIA, MIAS } from '../support/crm-data.js';
import type { SessionAct } from '../../src/machine/session/session-context.js';
import { withFewest } from '../support/fewest.js';
import { sealedStorage, simulatedEnvironment } from '../support/sealed-storage.js';
import { lasting } from '../support/lasting.js';
import { recorded } from '../support/recorded.js';

/** Rejects as IndexedDB does in a version of the app that is older than the stored data. */
class OutdatedStore extends MemoryStore {
  override nextEpoch = () => Promise.reject(new DOMException('An older version', 'VersionError'));
}

/** The platform of one tab. */
class WatchedTelephony extends SimulatedTelephony {
  signedIn = false;

  override async connect(...given: Parameters<SimulatedTelephony['connect']>) {
    const profile = await super.connect(...given);
    this.signedIn = true;
    return profile;
  }

  override disconnect() {
    this.signedIn = false;
    return super.disconnect();
  }
}

/** Several tabs of one agent, with one CRM, platform, store, set of locks and channel. */
class Browser {
  readonly time = new SimulatedTime();
  readonly host = lasting(
    new MemoryHost({
      clock: this.time,
      timers: this.time,
      data: crmData,
      settings: { batching: { comments: false, updates: false } },
    }),
  );
  readonly #locks = new MemoryLocks();
  readonly #channel = memoryChannels();
  readonly #store = new MemoryStore();
  readonly #platform = new Map<string, string>();
  readonly #storage: StateStorage = {
    getItem: (key) => this.#platform.get(key) ?? null,
    setItem: (key, value) => void this.#platform.set(key, value),
  };
  #opened = 0;

  static async open(): Promise<Browser> {
    await loadPhoneNumbers();
    return new Browser();
  }

  async tab({ outdated = false, full = false } = {}): Promise<Tab> {
    const name = `tab ${++this.#opened}`;
    const store = outdated ? new OutdatedStore() : this.#store;
    const tab = new Tab(this, name, this.#locks, this.#channel(), store, this.#storage, full);
    await this.wait();
    return tab;
  }

  /** The first line of each comment that the panel wrote on the ticket of the tab's call. */
  written({ desktop }: Tab): string[] {
    const { ticket } = desktop.snapshot.session!.context.links;
    const bodies = this.host.comments((ticket as { id: string }).id).map(({ body }) => body);
    // The card of the end has the link of the recording.
    const links = bodies.filter((body) => /▶ Recording, .*https:\S+\ncall_finished · /.test(body)).length;
    return [...bodies.map((body) => body.split('\n').at(-1)!.split(' · ')[0]!), `links: ${links}`];
  }

  async wait(milliseconds = 200): Promise<void> {
    await this.time.advance(milliseconds);
  }
}

class Tab {
  readonly desktop: AgentDesktop;
  readonly telephony: WatchedTelephony;
  readonly events: DesktopEvent[] = [];
  readonly #browser: Browser;
  #frozen: (() => void)[] | undefined;
  #alive = true;
  #muted = false;

  constructor(
    browser: Browser,
    name: string,
    locks: MemoryLocks,
    channel: ReturnType<ReturnType<typeof memoryChannels>>,
    store: MemoryStore,
    storage: StateStorage,
    full: boolean,
  ) {
    this.#browser = browser;
    const { time, host } = browser;
    const timers: Timers = {
      setTimeout: (run, milliseconds) => time.setTimeout(() => this.#later(run), milliseconds),
      clearTimeout: (id) => time.clearTimeout(id),
    };
    this.telephony = new WatchedTelephony({ clock: time, timers, storage, ...(full ? {} : withFewest()) });
    this.desktop = createDesktop({
      host,
      telephony: this.telephony,
      environment: {
        ...simulatedEnvironment(time, (id) => `${name} ${id}`, sealedStorage(time, this.#whileAlive(store))),
        timers,
        tabs: () => ({
          locks: {
            request: (lock, options, held) =>
              locks
                .request(lock, options, held)
                .then((end) => new Promise((resolve) => this.#later(() => resolve(end)))),
          },
          channel: {
            ...channel,
            post: (message) => this.#muted || channel.post(message),
            subscribe: (receive) => channel.subscribe((message) => this.#later(() => receive(message))),
          },
        }),
      },
    });
    this.desktop.onEvent((event) => this.events.push(event));
    this.desktop.start();
  }

  /** Stops the tab's timers and messages until it thaws. */
  freeze(): void {
    this.#frozen = [];
  }

  thaw(): void {
    const waiting = this.#frozen ?? [];
    this.#frozen = undefined;
    for (const run of waiting) this.#later(run);
  }

  #later(run: () => void): void {
    if (!this.#alive) return;
    if (this.#frozen) this.#frozen.push(run);
    else run();
  }

  /** A page that is gone must not store anything. */
  #whileAlive(store: MemoryStore): MemoryStore {
    return new Proxy(store, {
      get: (target, key) => {
        if (key === 'commit' && !this.#alive) return () => new Promise(() => {});
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }

  /** Stops the tab's timers and messages for good. */
  die(): void {
    this.#alive = false;
    this.#muted = true;
  }

  /** Keeps the tab's messages from the other tabs. */
  mute(): void {
    this.#muted = true;
  }

  get screen(): string {
    return screenOf(this.desktop.snapshot);
  }

  get agent() {
    return this.desktop.snapshot.agent.context;
  }

  get phase(): string | undefined {
    return (this.desktop.snapshot.session?.value as { phase: string } | undefined)?.phase;
  }

  async dial(): Promise<this> {
    this.desktop.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await this.#browser.wait();
    this.desktop.send({ type: 'outbound', command: { type: 'call' } });
    await this.#browser.wait(300);
    return this;
  }

  async connected(): Promise<this> {
    for (let second = 0; second < 20 && this.phase !== 'connected'; second++) await this.#browser.wait(1000);
    assert.equal(this.phase, 'connected');
    return this;
  }
}

const isConnected = ({ telephony }: Tab) => telephony.signedIn;

describe('several tabs', () => {
  it('A9 one tab signs in to the platform, and all show the same status', async () => {
    const browser = await Browser.open();
    const tabs = [await browser.tab(), await browser.tab(), await browser.tab()];
    assert.deepEqual(tabs.map(isConnected), [true, false, false]);
    tabs[2]!.desktop.send({ type: 'setStatus', status: 'break' });
    await browser.wait();
    assert.deepEqual(
      tabs.map(({ agent }) => [agent.leader.status, agent.wantedStatus]),
      tabs.map(() => ['break', undefined]),
    );
    for (const { events } of tabs)
      assert.deepEqual(events.filter(({ type }) => type === 'status-change').at(-1), {
        type: 'status-change',
        status: 'break',
      });
  });

  it('A9 a click to dial in any tab works: that tab has the call, the others show it', async () => {
    const browser = await Browser.open();
    const [one, two] = [await browser.tab(), await browser.tab()];
    await two.dial();
    assert.deepEqual([one, two].map(isConnected), [false, true]);
    await two.connected();
    assert.deepEqual([one.screen, one.phase], ['call', 'connected']);
    assert.equal(two.telephony.sessions().length, 1);
  });

  it('A9 a tab without the call can end it, and one ticket is written', async () => {
    const browser = await Browser.open();
    const [one, two] = [await browser.tab(), await browser.tab()];
    await (await one.dial()).connected();
    two.desktop.send({ type: 'endCall' });
    await browser.wait(10_000);
    assert.deepEqual([one.phase, two.phase], ['ended', 'ended']);
    assert.deepEqual(browser.written(two), ['call_started', 'call_finished', 'links: 1']);
  });

  it('A9 while a call is on, a call in another tab is refused, and nothing typed is lost', async () => {
    const browser = await Browser.open();
    const [one, two] = [await browser.tab(), await browser.tab()];
    two.desktop.dial({ from: 'contact', contactId: MIA, number: MIAS });
    await browser.wait();
    await (await one.dial()).connected();
    two.desktop.send({ type: 'outbound', command: { type: 'call' } });
    await browser.wait(500);
    assert.equal(two.desktop.snapshot.outbound?.context.failure?.code, 'busy-elsewhere');
    assert.equal(two.screen, 'details');
    assert.deepEqual([one.phase, callOn(two.agent.leader) !== undefined], ['connected', true]);
    assert.deepEqual([one, two].map(isConnected), [true, false]);
  });

  it('A9 when the leading tab closes in a call, another goes on with it and calls nobody again', async () => {
    const browser = await Browser.open();
    const [one, two] = [await browser.tab(), await browser.tab()];
    await (await one.dial()).connected();
    await one.desktop.stop();
    await browser.wait(1000);
    assert.deepEqual([isConnected(two), two.phase], [true, 'connected']);
    assert.equal(two.telephony.sessions().length, 1);
    two.desktop.send({ type: 'endCall' });
    await browser.wait(10_000);
    assert.deepEqual(browser.written(two), ['call_started', 'call_finished', 'links: 1']);
  });

  it('A9 a leading tab that hangs is replaced after fifteen seconds, and follows when it wakes up', async () => {
    const browser = await Browser.open();
    const [one, two] = [await browser.tab(), await browser.tab()];
    one.freeze();
    await browser.wait(14_000);
    assert.equal(isConnected(two), false);
    await browser.wait(8000);
    assert.equal(isConnected(two), true);
    one.thaw();
    await browser.wait(1000);
    assert.deepEqual([one, two].map(isConnected), [false, true]);
    two.desktop.send({ type: 'setStatus', status: 'meal' });
    await browser.wait();
    assert.equal(one.agent.leader.status, 'meal');
  });

  it('A9 a tab that opens later shows the call that is on', async () => {
    const browser = await Browser.open();
    await (await (await browser.tab()).dial()).connected();
    const late = await browser.tab();
    assert.deepEqual([late.screen, late.phase, isConnected(late)], ['call', 'connected', false]);
    assert.equal(late.desktop.snapshot.session?.context.links.contact?.id, MIA);
  });

  it('A9 a refused command is refused in the tab that sent it', async () => {
    const browser = await Browser.open();
    const [one, two] = [await browser.tab(), await browser.tab()];
    one.telephony.trouble = { setStatus: 'offline' };
    two.desktop.send({ type: 'setStatus', status: 'break' });
    await browser.wait();
    const { message } = two.agent;
    assert.equal(message?.code === 'status-failed' && message.failure.code, 'offline');
    assert.equal(one.agent.message, undefined);
  });

  it('A9 B5 a tab with an older version of the app stops leading, and says so', async () => {
    const browser = await Browser.open();
    const [one, two] = [await browser.tab({ outdated: true }), await browser.tab()];
    await browser.wait(1000);
    assert.equal(one.agent.message?.code, 'outdated');
    assert.deepEqual([one, two].map(isConnected), [false, true]);
    await (await two.dial()).connected();
    assert.equal(one.phase, 'connected', 'it still shows what the other tab tells');
  });

  it('A9 B5 every tab shows the same number of unrecorded sessions', async () => {
    const browser = await Browser.open();
    const [one, two] = [await browser.tab(), await browser.tab()];
    browser.host.trouble = { fail: { '*': 'offline' } };
    one.telephony.incoming({ number: MIAS, answered: true });
    await browser.wait(10_000);
    for (const { agent, desktop } of [one, two]) {
      assert.deepEqual(
        desktop.records.records.map(({ what, name, number }) => [what, name, number]),
        [['call', undefined, MIAS]],
      );
      assert.equal(agent.records.waiting, 1);
    }
  });

  it('A9 the day so far is kept over a reload of the only tab', async () => {
    const browser = await Browser.open();
    const before = await (await (await browser.tab()).dial()).connected();
    before.desktop.send({ type: 'endCall' });
    await browser.wait(10_000);
    await before.desktop.stop();
    const after = await browser.tab();
    await browser.wait(500);
    assert.deepEqual([after.agent.leader.callsToday, after.agent.leader.lastCall?.name], [1, 'Mia Chen']);
    await after.desktop.stop();
    await browser.wait(24 * 3_600_000);
    const tomorrow = await browser.tab();
    await browser.wait(500);
    assert.equal(tomorrow.agent.leader.callsToday, 0);
  });

  it('R31 a desktop that stops writes the end card that waits for a note, because no other page may come', async () => {
    const browser = await Browser.open();
    const one = await (await (await browser.tab()).dial()).connected();
    one.desktop.send({ type: 'endCall' });
    await browser.wait(1000);
    const cards = () =>
      browser.host
        .tickets()
        .flatMap(({ id }) => browser.host.comments(id).filter(({ body }) => /call_finished/.test(body)));
    assert.equal(cards().length, 0);
    await one.desktop.stop();
    await browser.wait(1000);
    assert.equal(cards().length, 1);
  });

  it('A9 a tab that is still opening when the leader goes signs in itself', async () => {
    const browser = await Browser.open();
    const one = await (await (await browser.tab()).dial()).connected();
    const opening = browser.tab();
    // The other tab has become the leader, and is gone before it sends its snapshot.
    one.mute();
    await one.desktop.stop();
    const two = await opening;
    await browser.wait(1000);
    assert.deepEqual([isConnected(two), two.phase], [true, 'connected']);
  });

  for (const [pages, words] of [
    [0, 'the next page'],
    [1, 'the first page that lives long enough to ask'],
  ] as const)
    it(`R27 A9 if a page dies with the end event of a call, ${words} ends the call on its ticket`, async () => {
      const browser = await Browser.open();
      const one = await (await (await browser.tab()).dial()).connected();
      // The page dies with the event, before it can store anything.
      let hasEnded = false;
      one.telephony.subscribe(({ type }) => {
        if (type !== 'session.ended') return;
        hasEnded = true;
        one.die();
      });
      const sessionId = one.telephony.sessions()[0]!.id;
      await browser.wait(5000);
      one.telephony.hangUp(sessionId);
      await browser.wait(5000);
      assert.equal(hasEnded, true);
      // These pages get the close event and not the end.
      for (let page = 0; page < pages; page++) {
        const short = await browser.tab({ full: true });
        const hasClosed = () =>
          short.events.some((event) => event.type === 'log' && event.message.startsWith('session.closed'));
        for (let time = 0; time < 100 && !hasClosed(); time++) await browser.wait(250);
        assert.ok(hasClosed());
        await browser.wait(1000);
        short.die();
      }
      const two = await browser.tab({ full: true });
      // Loading happens outside simulated time.
      for (let time = 0; time < 6; time++) await browser.wait(10_000);
      assert.equal(recorded(browser.host, 'call_finished', sessionId), 1);
      const cards = browser.host.tickets().flatMap(({ id }) => browser.host.comments(id).map(({ body }) => body));
      const card = cards.find((body) => body.endsWith(`call_finished · ${sessionId}`));
      assert.match(card!, /^☎ Outbound call to .* · \d+ s$/m, 'the end is known');
      assert.equal(isConnected(two), true);
    });
});

describe('a live call in several tabs', () => {
  const ring = ({ telephony }: Tab): string => telephony.incoming({ number: MIAS, ringSeconds: 60 });
  const act = ({ desktop }: Tab, sessionId: string, one: SessionAct): void =>
    desktop.send({ type: 'session', sessionId, command: { type: 'act', act: one } });

  async function ringing() {
    const browser = await Browser.open();
    const tabs = [await browser.tab({ full: true }), await browser.tab({ full: true })] as const;
    tabs[0].desktop.send({ type: 'setStatus', status: 'available' });
    await browser.wait();
    const sessionId = ring(tabs[0]);
    await browser.wait(500);
    return { browser, one: tabs[0], two: tabs[1], sessionId };
  }

  it('A9 exactly one tab rings; the tab in which Answer is pressed has the call, and the other shows it', async () => {
    const { browser, one, two, sessionId } = await ringing();
    assert.deepEqual([one.screen, two.screen], ['incoming', 'incoming']);
    assert.deepEqual([one.desktop.leads, two.desktop.leads], [true, false]);
    act(two, sessionId, { do: 'answer' });
    await browser.wait(2000);
    assert.deepEqual([one.desktop.leads, two.desktop.leads], [false, true]);
    assert.deepEqual([one.phase, two.phase], ['connected', 'connected']);
    assert.deepEqual([one, two].map(isConnected), [false, true]);
  });

  it('A9 the tab that took over the call shows what the CRM knows of the caller', async () => {
    const { browser, two, sessionId } = await ringing();
    assert.equal(two.desktop.snapshot.session?.context.caller?.name, 'Mia Chen');
    act(two, sessionId, { do: 'answer' });
    await browser.wait(2000);
    assert.equal(two.desktop.snapshot.session?.context.caller?.name, 'Mia Chen');
  });

  it('A9 a tab without the call controls it: mute, hold and notes are the same in both', async () => {
    const { browser, one, two, sessionId } = await ringing();
    act(one, sessionId, { do: 'answer' });
    await browser.wait(2000);
    act(two, sessionId, { do: 'mute', on: true });
    two.desktop.send({ type: 'session', sessionId, command: { type: 'draft', notes: 'Wants a refund' } });
    await browser.wait(500);
    const shown = [one, two].map(({ desktop }) => desktop.snapshot.session!.context);
    assert.deepEqual(
      shown.map(({ muted, draft }) => [muted, draft.notes]),
      [
        [true, 'Wants a refund'],
        [true, 'Wants a refund'],
      ],
    );
    assert.equal(one.desktop.leads, true, 'the call stays where its media is');
  });

  it('A6 A9 unsaved notes survive a reload of the only tab, in the call and in the wrap-up', async () => {
    const browser = await Browser.open();
    const tab = await browser.tab({ full: true });
    const sessionId = tab.telephony.incoming({ number: MIAS, answered: true });
    await browser.wait(20_000);
    tab.desktop.send({ type: 'session', sessionId, command: { type: 'draft', notes: 'Wants a refund' } });
    await browser.wait(500);
    tab.die();
    await browser.wait(16_000);
    const again = await browser.tab({ full: true });
    // The other tabs get no message that the page is gone. It is replaced after the silence.
    await browser.wait(25_000);
    assert.equal(again.desktop.snapshot.session?.context.draft.notes, 'Wants a refund');
    again.telephony.hangUp(sessionId);
    await browser.wait(500);
    assert.equal(again.screen, 'wrap-up');
    const ends = again.desktop.snapshot.session?.context.wrapUpUntil;
    assert.ok(ends);
    again.die();
    await browser.wait(2000);
    const last = await browser.tab({ full: true });
    await browser.wait(25_000);
    assert.deepEqual([last.screen, last.desktop.snapshot.session?.context.draft.notes], ['wrap-up', 'Wants a refund']);
    assert.equal(last.desktop.snapshot.session?.context.wrapUpUntil, ends, 'the wrap-up ends when it would have');
    act(last, sessionId, { do: 'save' });
    await browser.wait(1000);
    assert.equal(last.screen, 'main');
  });

  it('A3 A9 a follower gets the platform’s lists from the leader', async () => {
    const browser = await Browser.open();
    const [one, two] = [await browser.tab({ full: true }), await browser.tab({ full: true })];
    one.telephony.voicemail({ number: MIAS });
    await browser.wait(500);
    two.desktop.list('voicemails')!.send({ type: 'open' });
    await browser.wait(500);
    const { state, items } = two.desktop.list('voicemails')!.view;
    assert.deepEqual([state, items.map((one) => one.session.customerNumber)], ['shown', [MIAS]]);
    two.desktop.list('voicemails')!.send({ type: 'mark', id: items[0]!.id, as: 'closed' });
    await browser.wait(500);
    assert.equal(two.desktop.list('voicemails')!.view.items[0]!.state, 'closed');
  });
});
