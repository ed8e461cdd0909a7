import type { CrmShell } from '../crm/crm-host.js';
import { callOn, ringingOf } from '../machine/leader/leader-state.js';
import type { DesktopSnapshot } from './snapshot-feed.js';

type Panel = NonNullable<CrmShell['panel']>;
type Indicator = Parameters<Panel['setIndicator']>[0];

/** A13: the state of the panel's icon. What is more urgent comes first. */
export function indicatorOf({ agent }: DesktopSnapshot): Indicator {
  const { leader, records } = agent.context;
  if (ringingOf(leader) !== undefined) return 'ringing';
  if (callOn(leader) !== undefined) return 'in-call';
  if (records.failed > 0) return 'attention';
  return leader.missed ? 'missed' : 'idle';
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
