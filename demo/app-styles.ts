import { css } from 'lit';

/** The page's layout: rail, list, record, the panel at the end, and the drawer below. */
export const appStyles = css`
  :host {
    display: grid;
    grid-template:
      'rail list hint hint' auto
      'rail list head head' auto
      'rail list body dock' minmax(0, 1fr)
      'rail drawer drawer dock' auto / 72px clamp(220px, 23vw, 300px) minmax(0, 1fr) auto;
    height: 100vh;
    height: 100dvh;
    overflow: hidden;
    background: var(--page);
    font-size: 14px;
    line-height: 20px;
  }
  :host([data-theme='light']) {
    color-scheme: light;
  }
  :host([data-theme='dark']) {
    color-scheme: dark;
  }
  main {
    display: contents;
  }
  .empty {
    grid-area: body;
    padding: 24px;
  }
  .rail {
    grid-area: rail;
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 4px;
    padding: 12px 6px;
    background: var(--rail);
    color: var(--on-rail);
  }
  .logo {
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    margin-bottom: 12px;
    border-radius: 10px;
    background: #e9f5a9;
    color: #12312b;
  }
  .logo svg {
    width: 26px;
    height: 26px;
  }
  nav {
    display: grid;
    gap: 4px;
    width: 100%;
  }
  .rail button {
    display: grid;
    justify-items: center;
    gap: 3px;
    width: 100%;
    padding: 8px 0 6px;
    border: 0;
    border-radius: 8px;
    background: none;
    font-size: 11px;
    line-height: 14px;
    cursor: pointer;
  }
  .rail button svg {
    width: 20px;
    height: 20px;
  }
  .rail button:hover,
  .rail [aria-current='true'],
  .rail [aria-expanded='true'] {
    background: var(--rail-on);
  }
  .rail [aria-current='true'],
  .rail [aria-expanded='true'] {
    color: #ffffff;
    font-weight: 600;
  }
  .rail :focus-visible {
    outline-color: #e9f5a9;
  }
  .try {
    margin-top: auto;
  }
  .me {
    margin-top: 8px;
  }
  .me .avatar {
    background: #e9f5a9;
    color: #12312b;
  }
  demo-record-list {
    grid-area: list;
  }
  demo-drawer {
    grid-area: drawer;
    min-width: 0;
  }
  demo-drawer[hidden] {
    display: none;
  }
  .dock {
    grid-area: dock;
    align-self: end;
    padding: 0 16px 16px 0;
  }
  .dock:dir(rtl) {
    padding: 0 0 16px 16px;
  }
  ccai-agent-adapter {
    width: 320px;
    height: min(520px, 100dvh - 24px);
    border: 1px solid var(--line);
    border-radius: 12px;
    box-shadow:
      0 1px 2px rgb(0 0 0 / 0.08),
      0 8px 28px rgb(0 0 0 / 0.14);
  }
  [data-width='250'] ccai-agent-adapter {
    width: 250px;
  }
  ccai-agent-adapter[minimized] {
    height: auto;
    border: 0;
    border-radius: 8px;
    box-shadow: none;
  }
  .hint {
    grid-area: hint;
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 40px;
    padding: 4px 8px 4px 20px;
    border-bottom: 1px solid var(--line);
    background: var(--soft);
  }
  .hint:dir(rtl) {
    padding: 4px 20px 4px 8px;
  }
  .hint span {
    flex: 1;
  }
  .hint svg {
    color: var(--text);
  }
  @media (max-width: 899px) {
    :host {
      grid-template:
        'rail list hint' auto
        'rail list head' auto
        'rail list body' minmax(0, 1fr)
        'rail drawer drawer' auto / 64px minmax(180px, 240px) minmax(0, 1fr);
    }
    .dock {
      position: fixed;
      z-index: 4;
      inset-block-end: 0;
      inset-inline-end: 0;
    }
  }
  @media (max-width: 599px) {
    :host {
      grid-template:
        'rail hint' auto
        'rail list' minmax(120px, 30dvh)
        'rail head' auto
        'rail body' minmax(0, 1fr)
        'rail drawer' auto / 60px minmax(0, 1fr);
    }
    .dock,
    .dock:dir(rtl) {
      padding: 0 8px 8px;
    }
  }
  :host([minimized]) {
    grid-template:
      'rail list hint' auto
      'rail list head' auto
      'rail list body' minmax(0, 1fr)
      'rail drawer drawer' auto
      'rail dock dock' auto / 72px clamp(180px, 23vw, 300px) minmax(0, 1fr);
  }
  :host([minimized]) .dock {
    position: static;
    display: flex;
    justify-content: end;
    padding: 6px 16px;
    border-top: 1px solid var(--line);
    background: var(--card);
  }
  @media (max-width: 599px) {
    :host([minimized]) {
      grid-template:
        'rail hint' auto
        'rail list' minmax(120px, 30dvh)
        'rail head' auto
        'rail body' minmax(0, 1fr)
        'rail drawer' auto
        'rail dock' auto / 60px minmax(0, 1fr);
    }
  }
`;
