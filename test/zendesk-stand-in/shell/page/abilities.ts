import { api, control, type Person, type Ticket } from './account.js';
import type { HostAbilities } from './protocol/app-host.js';
import type { AppInstance } from './protocol/app-instance.js';
import type { Shell } from './shell.js';

const kinds = ['notice', 'alert', 'error'] as const;

/** A person in the app framework's format. */
function personOf(person: Person) {
  const { id, name, email, role, locale } = person;
  return { id, name, email: email ?? null, role, locale: locale ?? 'en-US' };
}

export async function groupsOf(userId: number) {
  type Groups = { groups: { id: number; name: string }[] };
  type Memberships = { group_memberships: { group_id: number }[] };
  const { group_memberships } = await api<Memberships>(`/api/v2/users/${userId}/group_memberships.json`);
  const { groups } = await api<Groups>('/api/v2/groups.json');
  return group_memberships.flatMap(({ group_id }) =>
    groups.filter((group) => group.id === group_id).map(({ id, name }) => ({ id, name })),
  );
}

async function ticketOf(ticketId: number) {
  const ticket = (await control.ticket(ticketId)) as unknown as Ticket & Record<string, unknown>;
  const person = async (id: number) => personOf((await control.user(id)) as unknown as Person);
  return {
    id: ticket.id,
    subject: ticket.subject,
    description: ticket.description ?? '',
    status: ticket.status,
    type: ticket.type ?? null,
    priority: ticket.priority ?? null,
    requester: await person(ticket.requester_id),
    assignee: ticket.assignee_id ? { user: await person(ticket.assignee_id) } : {},
    tags: ticket.tags ?? [],
    externalId: ticket.external_id ?? null,
    createdAt: ticket.created_at,
    updatedAt: ticket.updated_at,
  };
}

/** The abilities of this shell: only the documented part of the framework. */
export function shellAbilities(shell: Shell): HostAbilities {
  const onlyTopBar = (of: AppInstance) => {
    if (of.location !== 'top_bar') throw new Error(`is not available in ${of.location}`);
  };

  const routes: Record<string, (args: unknown[]) => void> = {
    ticket: ([id]) => shell.go({ kind: 'ticket', id: id === 'new' ? 'new' : wholeNumber(id) }),
    user: ([id]) => shell.go({ kind: 'user', id: wholeNumber(id) }),
    nav_bar: ([, path]) => {
      if (!shell.panes.navBar) throw new Error('has no nav_bar location to go to');
      shell.go({ kind: 'app', path: typeof path === 'string' ? path : '' });
    },
  };

  const methods: Record<string, (args: unknown[], of: AppInstance) => unknown> = {
    popover([what], of) {
      onlyTopBar(of);
      if (what === 'show' || what === undefined) shell.panes.open();
      else if (what === 'hide') shell.panes.close();
      else if (typeof what === 'object' && what !== null) shell.panes.resize(what);
      else throw new Error(`does not know ${JSON.stringify(what)}`);
    },
    resize([size], of) {
      if (typeof size !== 'object' || size === null) throw new Error('needs {width, height}');
      if (of.location === 'top_bar') shell.panes.resize(size);
      else shell.panes.resizeSidebar(of, size);
    },
    preloadPane(_args, of) {
      onlyTopBar(of);
      shell.panes.preload(of);
    },
    routeTo([where, ...args]) {
      const route = routes[String(where)];
      if (!route) throw new Error(`does not know the route ${JSON.stringify(where)}`);
      route(args);
    },
    notify([text, kind = 'notice', options]) {
      if (typeof text !== 'string') throw new Error('needs a text');
      if (!kinds.includes(kind as never)) throw new Error(`does not know the kind ${JSON.stringify(kind)}`);
      const sticky = (options as { sticky?: unknown } | undefined)?.sticky === true;
      return shell.toasts.show(text, kind as (typeof kinds)[number], sticky);
    },
    track: () => null,
  };

  return {
    get(path, of) {
      const contexts = () => [...shell.host.instances.values()].map((one) => [one.guid, one.context] as const);
      if (path === 'currentUser') return { ...personOf(shell.me), groups: shell.groups };
      if (path === 'instances') return Object.fromEntries(contexts());
      if (path.startsWith('instances.')) {
        const context = shell.host.instances.get(path.slice('instances.'.length))?.context;
        if (context) return context;
      }
      if (path === 'ticket') {
        if (of.context.ticketId === undefined) throw new Error(`is not available in ${of.location}`);
        return ticketOf(of.context.ticketId);
      }
      throw new Error('does not exist');
    },
    set(key, value, of) {
      if (key !== 'iconSymbol') throw new Error('does not exist');
      if (typeof value !== 'string') throw new Error('needs the id of a symbol');
      onlyTopBar(of);
      shell.icon.select(value);
      return value;
    },
    invoke(method, args, of) {
      const run = methods[method];
      if (!run) throw new Error('does not exist');
      return run(args, of) ?? null;
    },
  };
}

function wholeNumber(value: unknown) {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new Error(`needs an id in place of ${JSON.stringify(value)}`);
  return number;
}
