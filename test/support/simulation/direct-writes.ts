import type { Intent } from '../../../src/records/intent.js';
import type { Expected } from './expected.js';
import type { SimNetwork } from './sim-network.js';
import type { SimStore } from './sim-store.js';
import type { SimTab } from './sim-tab.js';
import type { SimContext } from './sim-context.js';

export type WriteKind = 'note' | 'assigned note' | 'reopening note' | 'field' | 'new';

/** Writes that any tab makes without the keeper: notes, fields, assignments, and contacts with their tickets. */
export class DirectWrites {
  readonly all: Expected[] = [];
  /** The number of writes so far. */
  made = 0;
  /** The expected writes for each shared contact, by the contact's key. */
  readonly #ofContact = new Map<string, Expected[]>();
  /**
   * The shared contacts that are being discarded, with the tabs that discard them. Several tabs can discard a contact if
   * they lead one after the other.
   */
  readonly #beingDiscarded = new Map<string, readonly SimTab[]>();
  readonly #context: SimContext;
  readonly #network: SimNetwork;
  readonly #store: SimStore;
  readonly #tickets: number;

  constructor(context: SimContext, network: SimNetwork, store: SimStore, tickets: number) {
    this.#context = context;
    this.#network = network;
    this.#store = store;
    this.#tickets = tickets;
  }

  /** `contactName`: the shared contact that a `new` write creates, by its name in the key. */
  write(tab: SimTab, kind: WriteKind = this.#kind(), contactName?: string): void {
    const { chance, below, iso } = this.#context;
    const n = this.made++;
    const session = `d${n}`;
    const base = { sessionId: session, at: iso };
    const origin = { sessionId: session, channel: 'ivr-call' as const };
    const authorId = chance(0.5) ? '1' : '2';
    const ticket = 1 + below(this.#tickets);
    const lane = `ticket ${ticket}`;
    const on = { kind: 'write-ticket' as const, ...base, ticket: { id: String(ticket) }, origin };
    if (kind === 'new') {
      const [contact, made, note] = [`${session}/contact`, `${session}/ticket`, `${session}/note`];
      // Two tabs may create the same contact at the same time.
      const key = chance(0.3) || contactName !== undefined ? `sim/${contactName ?? 'shared'}/contact` : contact;
      const words = [`n${n}`, `n${n}b`];
      const expected: Expected[] = [
        { line: words[0]!, word: words[0]!, lane: session, times: 1, key: made },
        { line: words[1]!, word: words[1]!, lane: session, times: 1, key: note },
      ];
      if (contactName !== undefined) this.#expectFor(key, expected);
      this.#accept(
        tab,
        [
          { kind: 'create-contact', key, ...base, draft: { name: 'New' } },
          {
            ...{ kind: 'create-ticket', key: made, ...base, contact: { madeBy: key } },
            draft: { subject: 'T', comment: { body: words[0]!, public: false }, origin },
          },
          { ...on, key: note, ticket: { madeBy: made }, comment: { body: words[1]!, public: false, authorId } },
          { kind: 'open-ticket', key: `${session}/pop`, ...base, ticket: { madeBy: made } },
        ],
        expected,
      );
    } else if (kind === 'field') {
      const key = `${session}/field`;
      const word = `v${n}`;
      this.#accept(tab, [{ ...on, key, fields: { '7': word } }], [{ line: word, word, field: 7, lane, times: 1, key }]);
    } else {
      const key = `${session}/note`;
      const word = `n${n}`;
      const assigneeId = kind === 'assigned note' ? { assigneeId: authorId } : {};
      const reopen = kind === 'reopening note' ? { reopenPlatformTicket: true } : {};
      const comment = { body: word, public: false as const, authorId };
      this.#accept(
        tab,
        [{ ...on, key, comment, ...assigneeId, ...reopen }],
        [{ line: word, word, lane, times: 1, key }],
      );
    }
  }

  #kind(): WriteKind {
    const { chance } = this.#context;
    if (chance(0.12)) return 'new';
    if (chance(0.2)) return 'field';
    return chance(0.2) ? 'assigned note' : chance(0.2) ? 'reopening note' : 'note';
  }

  /** A person discards a row that waits or has failed. */
  discard(tab: SimTab): boolean {
    const { pick } = this.#context;
    const open = tab.outbox.entries.filter(
      ({ intent, state }) => state !== 'settled' && state !== 'sending' && /^d\d+\/(?!follow-up)/.test(intent.key),
    );
    // Each state is picked equally often.
    const states = [...new Set(open.map(({ state }) => state))];
    const picked = states.length > 0 ? pick(states) : undefined;
    const entry = picked && pick(open.filter(({ state }) => state === picked));
    if (!entry) return false;
    const { key } = entry.intent;
    // With a contact its ticket is discarded too, and with a ticket its note.
    const session = key.slice(0, key.indexOf('/') + 1);
    const affected = this.all.filter(
      (one) => one.key === key || (!/note|field/.test(key) && one.key.startsWith(session)),
    );
    for (const one of affected) one.mayMiss = true;
    void tab.outbox.discard(key).then(() => {
      for (const one of affected)
        if (this.#store.isRemovedUnsent(one.key) && !this.#network.reached.has(one.word)) one.discarded = true;
    });
    return true;
  }

  /** A person discards a shared contact. Its earlier writes are discarded too, if they still wait. */
  discardContact(leader: SimTab): boolean {
    const known = leader.outbox.entries.filter(
      ({ intent, state }) => state !== 'settled' && this.#ofContact.has(intent.key),
    );
    if (known.length === 0) return false;
    const { key } = this.#context.pick(known).intent;
    for (const one of this.#ofContact.get(key)!) one.mayMiss = true;
    const by = () => this.#beingDiscarded.get(key) ?? [];
    this.#beingDiscarded.set(key, [...by(), leader]);
    void leader.outbox.discard(key).then(() =>
      this.#beingDiscarded.set(
        key,
        by().filter((_, at) => at !== by().indexOf(leader)),
      ),
    );
    return true;
  }

  #expectFor(contact: string, expected: readonly Expected[]): void {
    if (this.#beingDiscarded.get(contact)?.some(({ alive }) => alive)) for (const one of expected) one.mayMiss = true;
    this.#ofContact.set(contact, [...(this.#ofContact.get(contact) ?? []), ...expected]);
  }

  #accept(tab: SimTab, intents: readonly Intent[], expected: readonly Expected[]): void {
    const { tick } = this.#context;
    for (const one of expected) {
      Object.assign(one, { by: tab, issued: tick() });
      this.all.push(one);
    }
    tab.outbox.enqueue(intents).then(
      () => expected.forEach((one) => (one.accepted = tick())),
      () => undefined,
    );
  }
}
