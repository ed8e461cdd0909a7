import { html, nothing } from 'lit';
import type { Ticket } from '../account.js';
import type { Shell } from '../shell.js';
import { icon, phoneNumber } from './pieces.js';

let openFor: number | undefined;

function close(shell: Shell, focus = true) {
  openFor = undefined;
  if (focus) document.querySelector<HTMLElement>('.call-menu > button')?.focus();
  shell.update();
}

function moveFocus(event: KeyboardEvent, shell: Shell) {
  const items = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === 'Escape') return close(shell);
  if (to === undefined) return;
  event.preventDefault();
  items[to % items.length]?.focus();
}

async function open(shell: Shell, ticketId: number) {
  openFor = ticketId;
  shell.update();
  await new Promise((resolve) => setTimeout(resolve));
  document.querySelector<HTMLElement>('.call-menu [role=menuitem]')?.focus();
}

/** "Call" above the comment box: the requester's numbers, or "Enter new number". */
export function callMenu(shell: Shell, ticket: Ticket, numbers: readonly string[]) {
  const isOpen = openFor === ticket.id;
  const dial = (number: string) => {
    close(shell);
    shell.dial({ number, userId: ticket.requester_id, ticketId: ticket.id });
  };
  const leave = (event: FocusEvent) => {
    const menu = event.currentTarget as Element;
    if (isOpen && !menu.contains(event.relatedTarget as Node | null)) close(shell, false);
  };
  return html`<div class="call-menu" @focusout=${leave}>
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded=${isOpen}
      @click=${() => (isOpen ? close(shell) : void open(shell, ticket.id))}
    >
      ${icon('call')}Call${icon('down')}
    </button>
    ${
      isOpen
        ? html`<div role="menu" aria-label="Call" @keydown=${(event: KeyboardEvent) => moveFocus(event, shell)}>
            ${numbers.map(
              (number) =>
                html`<button
                  type="button"
                  role="menuitem"
                  tabindex="-1"
                  aria-label=${`Call ${number}`}
                  @click=${() => dial(number)}
                >
                  Call ${phoneNumber(number)}
                </button>`,
            )}
            <button type="button" role="menuitem" tabindex="-1" @click=${() => dial('')}>Enter new number</button>
          </div>`
        : nothing
    }
  </div>`;
}
