import { maySee, type Account } from './account.js';
import type { Ticket, User } from './records.js';
import { notDocumented, Refusal } from './replies.js';

interface Term {
  key?: string;
  sign: string;
  value: string;
}

type FoundUser = User & { numbers: string[]; emails: string[] };

/** Parses `key:value`, `key<value`, words and "phrases". */
function termsOf(query: string): Term[] {
  const pattern = /(?:(?<key>[a-z_]+)(?<sign>[:<>]))?(?:"(?<phrase>[^"]*)"|(?<word>\S*))/giu;
  return [...query.matchAll(pattern)].flatMap(({ groups }) => {
    const { key, sign = '', phrase, word } = groups!;
    const value = phrase ?? word ?? '';
    return key || value ? [{ ...(key ? { key: key.toLowerCase() } : {}), sign, value: value.toLowerCase() }] : [];
  });
}

const digits = (text: string) => text.replace(/\D/g, '');
const wordsOf = (...texts: (string | null)[]) =>
  texts
    .join(' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}@.+_-]+/u);

/** (I) Each word of the query begins a word of the record; (C) `*` stands for any beginning of a number. */
const begins = (value: string, words: readonly string[]) =>
  wordsOf(value.replace(/\*$/, '')).every((part) => words.some((word) => word.startsWith(part)));

const statuses = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];

/** (C) `phone:*<digits>`: numbers that end with them; `phone:<E.164>`: exactly that one. */
function hasPhone(user: FoundUser, value: string): boolean {
  const wanted = digits(value);
  if (wanted.length < 2) return false;
  const numbers = [user.phone, ...user.numbers].filter((one) => one !== null).map(digits);
  return numbers.some((one) => (value.startsWith('*') ? one.endsWith(wanted) : one === wanted));
}

const userTests: Record<string, (user: FoundUser, value: string) => boolean> = {
  role: (user, value) => user.role === value,
  phone: hasPhone,
  // (I) Any address of the user.
  email: (user, value) => user.emails.some((one) => one.toLowerCase() === value),
  name: (user, value) => begins(value, wordsOf(user.name)),
};

const ticketTests: Record<string, (ticket: Ticket, value: string, sign: string) => boolean> = {
  tags: (ticket, value) => ticket.tags.includes(value),
  requester: (ticket, value) => String(ticket.requester_id) === value,
  assignee: (ticket, value) => String(ticket.assignee_id) === value,
  status(ticket, value, sign) {
    const by = statuses.indexOf(ticket.status) - statuses.indexOf(value);
    return sign === '<' ? by < 0 : sign === '>' ? by > 0 : by === 0;
  },
};

function check(terms: readonly Term[], known: object): void {
  for (const { key, sign, value } of terms) {
    if (key === undefined || key === 'type') continue;
    if (!Object.hasOwn(known, key) || (sign !== ':' && key !== 'status'))
      throw new Refusal(notDocumented(`search: ${key}${sign}`));
    if (key === 'status' && !statuses.includes(value)) throw new Refusal(notDocumented(`search: status ${value}`));
  }
}

/** The results of a query in the lagging index. */
export function search(account: Account, actor: User, query: string, only?: 'user') {
  const terms = termsOf(query);
  const type = only ?? terms.find((one) => one.key === 'type')?.value;
  if (type && !['user', 'ticket'].includes(type)) throw new Refusal(notDocumented(`search: type:${type}`));
  const named = terms.map((one) => one.key ?? '');
  const isUsers = type === 'user' || (!type && named.some((key) => Object.hasOwn(userTests, key)));
  const isTickets = type === 'ticket' || (!type && named.some((key) => Object.hasOwn(ticketTests, key)));
  check(terms, isUsers ? userTests : isTickets ? ticketTests : {});
  return {
    users: isTickets ? [] : findUsers(account, terms),
    tickets: isUsers ? [] : findTickets(account, actor, terms),
  };
}

function findUsers(account: Account, terms: readonly Term[]): User[] {
  const found = account.foundUsers.all().filter((user) => {
    const words = [...wordsOf(user.name, user.email, user.notes, user.phone), ...user.numbers];
    return terms.every(({ key, value }) =>
      key === 'type' ? true : key ? userTests[key]!(user, value) : begins(value, words),
    );
  });
  return found.map(({ numbers: _, emails: __, ...user }) => user);
}

function findTickets(account: Account, actor: User, terms: readonly Term[]): Ticket[] {
  const found = account.foundTickets.all().filter((ticket) => {
    const stored = account.tickets.get(ticket.id);
    if (!stored || !maySee(account, actor, stored)) return false;
    const wordsOfIt = () => {
      const comments = stored.comments.slice(0, ticket.commentCount).map((one) => one.body);
      return [...wordsOf(ticket.subject, ...comments, ...ticket.tags), String(ticket.id)];
    };
    return terms.every(({ key, sign, value }) =>
      key === 'type' ? true : key ? ticketTests[key]!(ticket, value, sign) : begins(value, wordsOfIt()),
    );
  });
  return found.map(({ commentCount: _, ...ticket }) => ticket);
}
