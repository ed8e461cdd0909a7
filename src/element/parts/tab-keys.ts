import { own } from '../../domain/own.js';
const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Arrow keys move between tabs in reading order, Home and End to the first and last. The focused tab is selected. */
export function moveAmongTabs(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement;
  const tabs = [...list.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.findIndex((tab) => tab === event.target);
  const direction = getComputedStyle(list).direction === 'rtl' ? -1 : 1;
  const step = (own(steps, event.key) ?? 0) * direction;
  const to = event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : step === 0 ? -1 : at + step;
  const tab = tabs[(to + tabs.length) % tabs.length];
  if (at < 0 || (step === 0 && to < 0) || !tab) return;
  event.preventDefault();
  tab.focus();
  tab.click();
}
