import type { CrmShell } from '../crm/crm-host.js';
import { callOn } from '../machine/leader/leader-state.js';
import type { DesktopSnapshot } from './snapshot-feed.js';

type Panel = NonNullable<CrmShell['panel']>;
type Indicator = Parameters<Panel['setIndicator']>[0];

/** The state of the panel's icon while the panel is hidden. A call takes precedence over failed records. */
export function indicatorOf({ agent }: DesktopSnapshot): Indicator {
  if (callOn(agent.context.leader) !== undefined) return 'in-call';
  return agent.context.records.failed > 0 ? 'attention' : 'idle';
}

/** Updates the panel's icon. Returns a function that stops it. */
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
