import type { Account } from './account.js';
import { stamp } from './clock.js';
import type { CustomStatus, Field, User } from './records.js';

// The data of every account: staff, groups, fields, statuses, a brand and a form.

const staff = [
  { id: 101, name: 'Ana Ruiz', role: 'admin', email: 'ana@velora.example', locale: 'en-US', groups: [501, 502] },
  { id: 102, name: 'Ben Okafor', role: 'agent', email: 'ben@velora.example', locale: 'en-US', groups: [501] },
  { id: 103, name: 'Chloé Martin', role: 'agent', email: 'chloe@velora.example', locale: 'fr', groups: [502] },
] as const;
/** (D) `time_zone` has Zendesk's own name. `iana_time_zone` has the name of the IANA database. */
const zones: Readonly<Record<number, { time_zone: string; iana_time_zone: string }>> = {
  103: { time_zone: 'Paris', iana_time_zone: 'Europe/Paris' },
};

const groups = ['Support', 'Workshop', 'Billing'];

const systemFields: [type: string, title: string][] = [
  ['subject', 'Subject'],
  ['description', 'Description'],
  ['status', 'Status'],
  ['tickettype', 'Type'],
  ['priority', 'Priority'],
  ['group', 'Group'],
  ['assignee', 'Assignee'],
  ['custom_status', 'Ticket status'],
];

const products = [
  { id: 3051, name: 'City bike', value: 'product_city_bike' },
  { id: 3052, name: 'Cargo bike', value: 'product_cargo_bike' },
  { id: 3053, name: 'Battery', value: 'product_battery' },
];
const customFields: (Pick<Field, 'id' | 'type' | 'title'> & Partial<Field>)[] = [
  { id: 301, type: 'text', title: 'Order number' },
  { id: 302, type: 'integer', title: 'Wait time' },
  { id: 303, type: 'checkbox', title: 'Warranty', tag: 'warranty' },
  { id: 304, type: 'text', title: 'Callback number' },
  { id: 305, type: 'tagger', title: 'Product', custom_field_options: products },
  { id: 306, type: 'text', title: 'Old reference', active: false },
];

const statuses: [CustomStatus['status_category'], string][] = [
  ['new', 'New'],
  ['open', 'Open'],
  ['pending', 'Pending'],
  ['hold', 'On-hold'],
  ['solved', 'Solved'],
  ['pending', 'Waiting for parts'],
  ['open', 'In workshop'],
];

const age = 365 * 86_400_000;

export function addStaff(account: Account): void {
  const { url } = account;
  const at = account.clock.now() - age;
  for (const [index, name] of groups.entries())
    account.groups.push({ id: 501 + index, url: `${url}/api/v2/groups/${501 + index}.json`, name });
  for (const { groups: memberOf, ...known } of staff) {
    const user = {
      ...blankUser(account, known.id, stamp(at)),
      ...known,
      ...zones[known.id],
      default_group_id: memberOf[0],
    };
    account.users.set(user.id, user);
    const email = { type: 'email', value: known.email, primary: true, verified: true };
    const identity = { id: account.number('identity'), user_id: user.id, ...email };
    account.identities.set(user.id, [{ ...identity, created_at: stamp(at), updated_at: stamp(at) }]);
    account.foundUsers.put(user.id, { ...user, numbers: [], emails: [known.email] }, at);
    joinGroups(account, user.id, memberOf);
  }
  const field = { description: '', active: true, required: false, tag: null };
  const fieldUrl = (id: number) => `${url}/api/v2/ticket_fields/${id}.json`;
  for (const [index, [type, title]] of systemFields.entries())
    account.ticketFields.push({ ...field, id: 201 + index, url: fieldUrl(201 + index), type, title });
  for (const known of customFields) account.ticketFields.push({ ...field, url: fieldUrl(known.id), ...known });
  for (const [index, [status_category, label]] of statuses.entries()) {
    const labels = { agent_label: label, end_user_label: label, description: '' };
    account.customStatuses.push({ id: 801 + index, status_category, ...labels, active: true, default: index < 5 });
  }
  account.brands.push({ id: 601, name: 'Velora', active: true, default: true });
  const ticket_field_ids = account.ticketFields.map((one) => one.id);
  account.ticketForms.push({ id: 701, name: 'Default', active: true, default: true, ticket_field_ids });
}

/** The first group is the default one. */
export function joinGroups(account: Account, userId: number, groupIds: readonly number[]): void {
  for (const [index, group_id] of groupIds.entries()) {
    const id = 7001 + account.memberships.length;
    account.memberships.push({ id, user_id: userId, group_id, default: index === 0 });
  }
}

/** An end user of whom only the id is known. */
export function blankUser(account: Account, id: number, createdAt: string): User {
  return {
    id,
    url: `${account.url}/api/v2/users/${id}.json`,
    name: '',
    email: null,
    role: 'end-user',
    phone: null,
    shared_phone_number: null,
    locale: 'en-US',
    external_id: null,
    notes: null,
    active: true,
    verified: false,
    suspended: false,
    time_zone: 'UTC',
    iana_time_zone: 'Etc/UTC',
    default_group_id: null,
    organization_id: null,
    tags: [],
    user_fields: Object.fromEntries(account.userFields.map((one) => [one.key, null])),
    created_at: createdAt,
    updated_at: createdAt,
  };
}
