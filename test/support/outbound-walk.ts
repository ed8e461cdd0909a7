import { createActor, fromPromise, type SnapshotFrom } from 'xstate';
import { checkSettings } from '../../src/domain/settings-check.js';
import type { Contact } from '../../src/domain/contact.js';
import type { DialPlan } from '../../src/domain/dial.js';
import { loadPhoneNumbers, phoneNumbers } from '../../src/domain/phone-loader.js';
import { isLive, newestFirst, type Ticket } from '../../src/domain/ticket.js';
import { idleLookUps, outboundForm, type OutboundForm } from '../../src/machine/outbound/form.js';
import { outboundMachine } from '../../src/machine/outbound/outbound-machine.js';
import type { Scenario } from './variants.js';
import type { TakenBack } from '../../src/machine/outbound/outbound-setup.js';
import { settle } from '../../src/testing/simulated-time.js';

export type OutboundSnapshot = SnapshotFrom<typeof outboundMachine>;

/** Runs the outbound statechart with a scenario's data. Look-ups are answered at once. */
export class OutboundWalk {
  readonly plans: DialPlan[] = [];
  readonly actor;

  constructor({ contacts, tickets, settings, agent, profile, request }: Scenario) {
    const byCreation = [...contacts].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    const byUpdate = [...(tickets as Ticket[])].sort(newestFirst);
    const contactOf = (id: string | undefined): Contact | undefined => contacts.find((contact) => contact.id === id);
    const check = checkSettings(settings);
    if (!check.ok) throw new Error(check.problems[0]?.message);
    this.actor = createActor(
      outboundMachine.provide({
        actors: {
          preparePhoneNumbers: fromPromise<void>(async () => void (await loadPhoneNumbers())),
          loadEntry: fromPromise(async ({ input }) => {
            const ticket = byUpdate.find(({ id }) => id === input.ticketId);
            return { ticket, contact: contactOf(ticket?.contactId ?? input.contactId) };
          }),
          findContacts: fromPromise(async ({ input }) => ({
            items: byCreation.filter(({ name, phoneNumbers: numbers }) =>
              input.phone
                ? numbers.some((stored) => phoneNumbers().matchPhoneNumber(stored, { number: input.phone! }, 'US'))
                : name.includes(input.text ?? ''),
            ),
          })),
          findTickets: fromPromise(async ({ input }) => ({
            items: byUpdate.filter((ticket) => ticket.contactId === input.contactId && isLive(ticket)),
          })),
          takeBack: fromPromise(async (): Promise<TakenBack> => ({ isConnected: false })),
          dial: fromPromise(async ({ input: { plan } }) => {
            this.plans.push(plan);
            return { sessionId: `session of ${plan.key}`, at: '2026-03-02T09:00:00.000Z' };
          }),
        },
      }),
      { input: { flowId: 'flow', agent, settings: check.settings, profile: profile, request } },
    );
    this.actor.start();
  }

  get snapshot(): OutboundSnapshot {
    return this.actor.getSnapshot();
  }

  get form(): OutboundForm {
    return outboundForm(this.snapshot.context, idleLookUps);
  }

  /** Waits until all look-ups are answered. */
  async settle(): Promise<this> {
    await settle();
    return this;
  }

  async send(...events: Parameters<typeof this.actor.send>[0][]): Promise<this> {
    for (const event of events) {
      this.actor.send(event);
      await this.settle();
    }
    return this;
  }
}
