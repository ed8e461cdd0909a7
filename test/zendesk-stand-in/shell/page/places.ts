/** The page that the agent has open. */
export type Place =
  | { kind: 'home' }
  | { kind: 'tickets' }
  | { kind: 'users' }
  | { kind: 'ticket'; id: number | 'new' }
  | { kind: 'user'; id: number }
  | { kind: 'app'; path: string };

export type Tab = Extract<Place, { kind: 'ticket' | 'user' }>;

export const samePlace = (a: Place, b: Place) => pathOf(a) === pathOf(b);

export function pathOf(place: Place): string {
  switch (place.kind) {
    case 'home':
      return '/agent';
    case 'tickets':
    case 'users':
      return `/agent/${place.kind}`;
    case 'ticket':
    case 'user':
      return `/agent/${place.kind}s/${place.id}`;
    case 'app':
      return `/agent/apps/${place.path || 'app'}`;
  }
}

export function placeOf(path: string): Place {
  const [, , section, rest] = /^([/]agent)(?:[/]([^/]+))?(?:[/](.+))?$/.exec(path.replace(/[/]$/, '')) ?? [];
  const id = Number(rest);
  if (section === 'apps') return { kind: 'app', path: rest ?? '' };
  if (section === 'tickets' && rest === 'new') return { kind: 'ticket', id: 'new' };
  if (section === 'tickets' || section === 'users') {
    if (!Number.isInteger(id)) return { kind: section };
    return { kind: section === 'tickets' ? 'ticket' : 'user', id };
  }
  return { kind: 'home' };
}
