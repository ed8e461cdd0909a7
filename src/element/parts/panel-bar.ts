import { html, nothing, type TemplateResult } from 'lit';
import type { AgentDesktop } from '../../desktop/agent-desktop.js';
import { own } from '../../domain/own.js';
import { headerView } from '../../machine/agent/screen-view.js';
import { callOn, ringingOf, type LeaderState } from '../../machine/leader/leader-state.js';
import type { Localizer } from '../localize.js';
import { isInternal, whoIs } from '../unknown-person.js';
import { callIcons } from './call-icons.js';
import { icons } from './icons.js';
import { statusLabel } from './panel-header.js';

/** A minimised panel: the status, the call, or what rings, with Answer and Decline (A13). */
export function panelBar(desktop: AgentDesktop, words: Localizer, show: () => void): TemplateResult {
  const { agent } = desktop.snapshot;
  const { leader } = agent.context;
  const ringing = ringingOf(leader);
  const shown = ringing ?? callOn(leader) ?? leader.sessionId;
  const { text } = words;
  if (shown === undefined || !own(leader.sessions, shown)) return restBar(agent, words, show);
  const { session } = own(leader.sessions, shown)!.context;
  const chat = own(leader.calls, shown)?.chat === true;
  const who = personOf(leader, shown, words);
  const state = ringing
    ? text(chat ? 'live.incoming-chat' : isInternal(session) ? 'internal.incoming' : 'call.inbound')
    : text(shown === callOn(leader) ? 'call.connected' : chat ? 'call.chat' : 'call.ended');
  const act = (what: 'answer' | 'decline') => () => void desktop.actOnRing(what).catch(() => undefined);
  return html`
    <div class="bar ${ringing ? 'rings' : ''}" part="bar" role="group" aria-label=${text('panel.label')}>
      <button type="button" class="restore" @click=${show}>
        ${chat ? callIcons.chat : icons.phone}
        <span class="lines"
          ><span class="cut" title=${who} dir="auto">${who}</span><span class="small cut">${state}</span></span
        >
        <span class="visually-hidden">${text('panel.restore')}</span>
      </button>
      ${
        ringing
          ? html`<button type="button" class="button" @click=${act('decline')}>${text('live.decline')}</button
              ><button type="button" class="button good" @click=${act('answer')}>${text('live.answer')}</button>`
          : nothing
      }
    </div>
  `;
}

function restBar(agent: AgentDesktop['snapshot']['agent'], words: Localizer, show: () => void): TemplateResult {
  const { status, isConnected } = headerView(agent);
  return html`
    <div class="bar" part="bar" role="group" aria-label=${words.text('panel.label')}>
      <button type="button" class="restore" @click=${show}>
        <span class="dot ${isConnected && status ? status.color : ''}"></span>
        <span class="cut grow">${status ? statusLabel(words, status) : words.text('panel.label')}</span>
        <span class="visually-hidden">${words.text('panel.restore')}</span>
        ${callIcons.up}
      </button>
    </div>
  `;
}

function personOf(leader: LeaderState, id: string, words: Localizer): string {
  const { session, links, caller } = own(leader.sessions, id)!.context;
  const name = links.contact?.name ?? caller?.name ?? own(leader.calls, id)?.name;
  return whoIs({ name, number: session.customerNumber ?? '', session }, words);
}
