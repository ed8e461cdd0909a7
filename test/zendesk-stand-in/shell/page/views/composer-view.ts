import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { api, numbersOf, type Ticket } from '../account.js';
import type { Draft, Shell } from '../shell.js';
import { callMenu } from './call-menu-view.js';
import { personOf } from './pieces.js';

const choices = [
  ['new', 'New'],
  ['open', 'Open'],
  ['pending', 'Pending'],
  ['hold', 'On-hold'],
  ['solved', 'Solved'],
] as const;

async function submit(shell: Shell, ticket: Ticket, draft: Draft) {
  const comment = draft.text.trim() ? { comment: { body: draft.text, public: draft.public } } : {};
  const status = draft.status && draft.status !== ticket.status ? { status: draft.status } : {};
  const change = { ...comment, ...status };
  if (Object.keys(change).length === 0) {
    draft.problem = 'Write something, or choose another status.';
    return shell.update();
  }
  Object.assign(draft, { sending: true, problem: undefined });
  shell.update();
  try {
    await api(`/api/v2/tickets/${ticket.id}.json`, 'PUT', { ticket: change });
    shell.drafts.delete(ticket.id);
    await shell.watch.look();
  } catch (error) {
    Object.assign(draft, { sending: false, problem: (error as Error).message });
  }
  shell.update();
}

function numbersFor(shell: Shell, userId: number) {
  const person = personOf(shell, userId).value;
  if (!person) return [];
  return shell.loads.get(`numbers:${userId}`, () => numbersOf(person)).value ?? [];
}

/** The comment box of a ticket; for a closed one, a sentence instead. */
export function composer(shell: Shell, ticket: Ticket) {
  if (ticket.status === 'closed') {
    return html`<p class="composer closed">This ticket is closed. Nothing can be added to it.</p>`;
  }
  const draft = shell.draft(ticket.id);
  const kind = (isPublic: boolean, label: string) =>
    html`<label>
      <input
        type="radio"
        name="kind"
        .checked=${live(draft.public === isPublic)}
        @change=${() => {
          draft.public = isPublic;
          shell.update();
        }}
      /><span>${label}</span>
    </label>`;
  const isFrom = choices.some(([status]) => status === ticket.status);
  return html`<form
    class="composer"
    data-public=${draft.public}
    aria-label="Answer"
    @submit=${(event: Event) => {
      event.preventDefault();
      void submit(shell, ticket, draft);
    }}
  >
    <div class="tools">
      <div class="switch" role="radiogroup" aria-label="Kind of comment">
        ${kind(true, 'Public reply')}${kind(false, 'Internal note')}
      </div>
      ${shell.conditions.voice ? callMenu(shell, ticket, numbersFor(shell, ticket.requester_id)) : nothing}
    </div>
    <textarea
      rows="3"
      aria-label=${draft.public ? 'Public reply' : 'Internal note'}
      placeholder=${draft.public ? 'Answer the customer' : 'Seen by colleagues only'}
      .value=${live(draft.text)}
      @input=${(event: Event) => (draft.text = (event.target as HTMLTextAreaElement).value)}
    ></textarea>
    <div class="send">
      ${draft.problem ? html`<p class="problem" role="alert">${draft.problem}</p>` : nothing}
      <label
        >Status
        <select
          @change=${(event: Event) => {
            draft.status = (event.target as HTMLSelectElement).value;
            shell.update();
          }}
        >
          ${choices
            .filter(([status]) => status !== 'new' || ticket.status === 'new' || !isFrom)
            .map(
              ([status, name]) =>
                html`<option value=${status} .selected=${live((draft.status ?? ticket.status) === status)}>
                  ${name}
                </option>`,
            )}
        </select>
      </label>
      <button type="submit" class="main" ?disabled=${draft.sending}>${draft.sending ? 'Sending …' : 'Submit'}</button>
    </div>
  </form>`;
}
