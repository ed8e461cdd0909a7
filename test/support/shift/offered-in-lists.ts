import { screenOf } from '../../../src/machine/agent/screen-view.js';
import type { ListCommand } from '../../../src/machine/list-machine.js';
import type { Session } from '../../../src/domain/session.js';
import { offer, type AtWork, type Offer } from './offer.js';

/** The controls of the lists of calls and messages: the next page, Retry, and a call back. */
export function offeredInLists({ desktop, chance }: AtWork): readonly Offer[] {
  const name = screenOf(desktop.snapshot) === 'history' ? 'history' : 'voicemails';
  const list = desktop.list<'history' | 'voicemails'>(name);
  if (!list) return [];
  const { view, send } = list;
  const does = (command: ListCommand, weight = 1) => offer(`${name} ${command.type}`, weight, () => send(command));
  if (view.state === 'idle') return [does({ type: 'open' }, 20)];
  if (view.state === 'failed') return [does({ type: 'retry' }, 3)];
  const item = view.items.length > 0 ? chance.pick(view.items) : undefined;
  const { session } = (item ?? {}) as { session?: Session };
  const callBack = () => desktop.callBack(session!.id);
  return [
    ...(view.more && !view.adding ? [does({ type: view.failure ? 'retry' : 'more' })] : []),
    ...(session?.customerNumber ? [offer('call back from the list', 2, callBack)] : []),
    ...(item && 'receivedAt' in item && item.state !== 'closed' && view.marking !== item.id
      ? (['read', 'closed'] as const).map((as) => does({ type: 'mark', id: item.id, as }))
      : []),
  ];
}
