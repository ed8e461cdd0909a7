import type { CrmShell } from '../crm/crm-host.js';
import type { Framework } from './framework.js';

type Panel = NonNullable<CrmShell['panel']>;
export type Indicator = Parameters<Panel['setIndicator']>[0];

/** The ids of the symbols in icon_top_bar.svg. */
const symbols: Record<Indicator, string> = {
  idle: 'default',
  ringing: 'ringing',
  'in-call': 'in_call',
  missed: 'missed',
  attention: 'attention',
};

/** A1: the popover of the icon in the top bar. Failures are ignored: they must not interrupt the agent. */
export function panelOf(framework: Framework): Panel {
  const invoke = (name: string, ...args: unknown[]) => void framework.invoke(name, args).catch(() => undefined);
  return {
    show: () => invoke('popover', 'show'),
    hide: () => invoke('popover', 'hide'),
    resize: ({ width, height }) => invoke('popover', { width: `${width}px`, height: `${height}px` }),
    setIndicator: (state) => void framework.set('iconSymbol', symbols[state]).catch(() => undefined),
    onVisible(listener) {
      const stops = [
        framework.on('pane.activated', () => listener(true)),
        framework.on('pane.deactivated', () => listener(false)),
      ];
      return () => stops.forEach((stop) => stop());
    },
  };
}
