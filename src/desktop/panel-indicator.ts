import type { CrmShell } from '../crm/crm-host.js';
import { callOn } from '../machine/leader/leader-state.js';
import type { DesktopSnapshot } from './snapshot-feed.js';

type Panel = NonNullable<CrmShell['panel']>;
type Indicator = Parameters<Panel['setIndicator']>[0];

/** What the panel's icon says while the panel is out of sight; a call comes before what is in trouble. */
export function indicatorOf({ agent }: DesktopSnapshot): Indicator {
  if (callOn(agent.context.leader) !== undefined) return 'in-call';
  return agent.context.records.failed > 0 ? 'attention' : 'idle';
}

/** Keeps the icon of the panel true. Returns the way to stop. */
export function showIndicator(
  panel: CrmShell['panel'],
  feed: { readonly snapshot: DesktopSnapshot; subscribe(listener: (snapshot: DesktopSnapshot) => void): () => void },
): () => void {
  if (!panel) return () => {};
  let shown: Indicator = 'idle';
  const show = (snapshot: DesktopSnapshot) => {
    const now = indicatorOf(snapshot);
    if (now !== shown) panel.setIndicator((shown = now));
  };
  show(feed.snapshot);
  return feed.subscribe(show);
}
