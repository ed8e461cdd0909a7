import { html } from 'lit';
import { groups } from '../../../platform/messages.js';
import type { Shell } from '../shell.js';
import { choose } from './pieces.js';

/** Buttons that raise events of the telephony platform. */
export function platformView(shell: Shell) {
  const { platform } = shell;
  const queues = platform.queues.map(({ id, path = [] }) => [id, path.join(' › ')] as const);
  const sessions = platform.sessions.map(({ id, words }) => [id, words] as const);
  const targets = platform.targets.map(({ id, label }) => [id, label] as const);
  const part = (forSession: boolean) =>
    groups
      .filter((group) => group.forSession === forSession)
      .map(
        ({ title, acts }) =>
          html`<h3>${title}</h3>
            <div class="faults" role="group" aria-label=${title}>
              ${acts.map(
                (act) =>
                  html`<button
                    type="button"
                    ?disabled=${!platform.answers || (forSession && sessions.length === 0)}
                    @click=${() => void platform.raise(act)}
                  >
                    ${act.label}
                  </button>`,
              )}
            </div>`,
      );
  return html`<section aria-labelledby="platform-title">
    <h2 id="platform-title">The telephone platform</h2>
    ${platform.answers ? '' : html`<p class="empty">The panel is not there yet: open it in the top bar.</p>`}
    ${choose('Queue', queues, platform.queueId, (value) => (platform.queueId = value))}
    <label class="check">
      <input
        type="checkbox"
        .checked=${platform.answered}
        @change=${(event: Event) => (platform.answered = (event.target as HTMLInputElement).checked)}
      />
      <span>Answer at once</span>
    </label>
    ${part(false)}
    ${
      sessions.length === 0
        ? html`<p class="empty">Nobody has called yet.</p>`
        : choose('Call or chat', sessions, platform.sessionId, (value) => {
            platform.sessionId = value;
            shell.update();
          })
    }
    ${choose('Transfer to', targets, platform.targetId, (value) => (platform.targetId = value))} ${part(true)}
    <div class="told">
      <p role="status">${platform.said}</p>
      <p class="problem" role="alert">${platform.problem}</p>
    </div>
  </section>`;
}
