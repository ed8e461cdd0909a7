import type { Control, Conditions } from '../control.js';
import { log, type Account } from './account.js';
import { absorb, checkTarget, survive } from './merge.js';
import { addTicket, addUser, change, comment, deleteTicket, deleteUser, person } from './people.js';
import { inOneLine, Refusal } from './replies.js';
import { found } from './route.js';
import { addSampleData } from './sample-data.js';
import { findTicket } from './tickets.js';

/** Converts a refusal to an error with its reason. */
function explain(error: unknown): never {
  if (!(error instanceof Refusal)) throw error;
  const { error: name, details } = inOneLine(error.reply);
  throw new Error(`${name}: ${details}`, { cause: error });
}

/** Makes the control. `current` returns the account, and `renew` replaces it with a new account. */
export function createControl(current: () => Account, renew: () => Account): Control {
  const ticketOf = (id: number) => findTicket(current(), id, person(current()));
  const control: Control = {
    now: async () => current().clock.now(),
    advance: (milliseconds) => current().clock.advance(milliseconds),
    async reset({ sample, users = [], tickets = [] } = {}) {
      const account = renew();
      if (sample) addSampleData(account);
      for (const user of users) addUser(account, user, true);
      for (const ticket of tickets) addTicket(account, ticket, true);
    },
    async setConditions(given) {
      // JSON has null for undefined.
      const change = Object.entries(given).map(([name, value]) => [name, value ?? undefined]);
      current().conditions = { ...current().conditions, ...(Object.fromEntries(change) as Partial<Conditions>) };
    },
    conditions: async () => structuredClone(current().conditions),
    failNext: async (fault, match = {}, times = 1) => current().faults.order(fault, match, times),
    addUser: async (user) => addUser(current(), user),
    addTicket: async (ticket) => addTicket(current(), ticket),
    comment: async (ticketId, body, authorId) => comment(current(), ticketId, body, authorId),
    change: async (ticketId, values) => change(current(), ticketId, values),
    async merge(from, into) {
      const [source, target] = [ticketOf(from), ticketOf(into)];
      checkTarget(target);
      absorb(current(), source, target, { ids: [from] }, person(current()));
      survive(current(), target, [source], { ids: [from] }, person(current()));
    },
    deleteTicket: async (ticketId) => deleteTicket(current(), ticketId),
    deleteUser: async (userId) => deleteUser(current(), userId),
    signOut: async () => void (current().signedOut = true),
    signIn: async () => void (current().signedOut = false),
    async saveSettings(settings) {
      Object.assign(current().installation.settings, settings);
      log(current(), person(current()), { what: 'settings.saved', changes: settings });
    },
    settings: async () => structuredClone(current().installation.settings),
    auditLog: async () => structuredClone(current().auditLog),
    requests: async () => structuredClone(current().requests),
    comments: async (ticketId) => structuredClone(ticketOf(ticketId).comments),
    ticket: async (ticketId) => structuredClone(ticketOf(ticketId).json) as unknown as Record<string, unknown>,
    async tickets() {
      const all = structuredClone([...current().tickets.values()].map(({ json }) => json));
      return all.sort((a, b) => b.updated_at.localeCompare(a.updated_at)) as unknown as Record<string, unknown>[];
    },
    user: async (userId) => structuredClone(found(current().users, userId)) as unknown as Record<string, unknown>,
    async requireField(fieldId, required = true) {
      found({ get: (id: number) => current().ticketFields.find((one) => one.id === id) }, fieldId).required = required;
    },
  };
  const entries = Object.entries(control) as [string, (...args: unknown[]) => Promise<unknown>][];
  const explained = entries.map(([name, run]) => [name, (...args: unknown[]) => run(...args).catch(explain)]);
  return Object.fromEntries(explained) as Control;
}
