import { own } from '../../domain/own.js';
import { html, type TemplateResult } from 'lit';
import type { AgentDesktop, DesktopSnapshot } from '../../desktop/agent-desktop.js';
import { callView, type CallView } from '../../machine/session/call-view.js';
import type { ScreenName } from '../../machine/agent/screen-view.js';
import { alertOf, type RingingPanel } from '../alerts.js';
import { CallDetails } from './session/call-details.js';
import { CallKeypad } from './session/call-keypad.js';
import { ChoiceList } from '../parts/choice-list.js';
import { CallNotes } from './session/call-notes.js';
import { CallParties } from './session/call-parties.js';
import { CallScreen } from './session/call-screen.js';
import { Combobox } from '../parts/combobox.js';
import { DaySoFar } from './day-so-far.js';
import { DetailsScreen } from './details/details-screen.js';
import { HistoryScreen } from './lists/history-screen.js';
import { IncomingScreen } from './session/incoming-screen.js';
import type { Localizer, MessageKey } from '../localize.js';
import { addEnglish } from '../locales/en.js';
import { enCall } from '../locales/en-call.js';
import { enLive } from '../locales/en-live.js';
import { enOptions } from '../locales/en-options.js';
import { LoggedOutScreen } from './logged-out-screen.js';
import { NumberEntryScreen } from './number-entry-screen.js';
import { OptionsMenu } from '../parts/options-menu.js';
import { OptionsScreen } from './options/options-screen.js';
import { PanelDialog } from '../parts/panel-dialog.js';
import { PanelMessages } from '../parts/panel-messages.js';
import { PanelTabs } from '../parts/panel-tabs.js';
import { RecordChange } from './correction/record-change.js';
import { RecordChoiceForm } from './session/record-choice.js';
import { RecordsDot } from '../parts/records-dot.js';
import { RecordsLine } from '../parts/records-line.js';
import { RecordsList } from '../parts/records-list.js';
import { RecordingOptions } from './options/recording-options.js';
import { RefusedScreen } from './refused-screen.js';
import { defineOnce } from '../register.js';
import { outcomeWord } from './session/session-screen.js';
import { SessionsBar } from '../parts/sessions-bar.js';
import { ShortcutOptions } from './options/shortcut-options.js';
import { SoundOptions } from './options/sound-options.js';
import { TicketEntryScreen } from './ticket-entry-screen.js';
import { TransferSheet } from './session/transfer-sheet.js';
import { isInternal, whoIs } from '../unknown-person.js';
import { VoicemailScreen } from './lists/voicemail-screen.js';
import { WrapUpScreen } from './session/wrap-up-screen.js';

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  combobox: Combobox,
  'ticket-entry-screen': TicketEntryScreen,
  'number-entry-screen': NumberEntryScreen,
  'refused-screen': RefusedScreen,
  'details-screen': DetailsScreen,
  'call-screen': CallScreen,
  'incoming-screen': IncomingScreen,
  'wrap-up-screen': WrapUpScreen,
  'history-screen': HistoryScreen,
  'voicemail-screen': VoicemailScreen,
  'logged-out-screen': LoggedOutScreen,
  'day-so-far': DaySoFar,
  'call-details': CallDetails,
  'call-keypad': CallKeypad,
  'call-notes': CallNotes,
  'call-parties': CallParties,
  'transfer-sheet': TransferSheet,
  'panel-dialog': PanelDialog,
  'panel-messages': PanelMessages,
  'panel-tabs': PanelTabs,
  'options-menu': OptionsMenu,
  'options-screen': OptionsScreen,
  'sound-options': SoundOptions,
  'shortcut-options': ShortcutOptions,
  'choice-list': ChoiceList,
  'record-change': RecordChange,
  'record-choice': RecordChoiceForm,
  'recording-options': RecordingOptions,
  'records-dot': RecordsDot,
  'records-line': RecordsLine,
  'records-list': RecordsList,
  'sessions-bar': SessionsBar,
};

/** Registers the elements that load after the first paint. */
export function defineScreens(): void {
  addEnglish(enCall);
  addEnglish(enLive);
  addEnglish(enOptions);
  for (const [name, element] of Object.entries(elements)) defineOnce(`ccai-${name}`, element);
}

/** One template for each screen, so that `cache` keeps a screen's elements while another is shown. */
const screens: Partial<Record<ScreenName, () => TemplateResult>> = {
  refused: () => html`<ccai-refused-screen data-screen></ccai-refused-screen>`,
  'ticket-entry': () => html`<ccai-ticket-entry-screen data-screen></ccai-ticket-entry-screen>`,
  'number-entry': () => html`<ccai-number-entry-screen data-screen></ccai-number-entry-screen>`,
  chat: () => html`<ccai-chat-screen data-screen></ccai-chat-screen>`,
  call: () => html`<ccai-call-screen data-screen></ccai-call-screen>`,
  'wrap-up': () => html`<ccai-wrap-up-screen data-screen></ccai-wrap-up-screen>`,
  history: () => html`<ccai-history-screen data-screen></ccai-history-screen>`,
  voicemail: () => html`<ccai-voicemail-screen data-screen></ccai-voicemail-screen>`,
  options: () => html`<ccai-options-screen data-screen></ccai-options-screen>`,
  'logged-out': () => html`<ccai-logged-out-screen data-screen></ccai-logged-out-screen>`,
};

/** `again`: renders once more, when the file of a screen has loaded. */
export function renderScreen(screen: ScreenName, again: () => void): TemplateResult | undefined {
  if (screen !== 'chat' || customElements.get('ccai-chat-screen')) return screens[screen]?.();
  // Until then the chat has the screen of a call, which can end it.
  loadChat(again);
  return screens.call?.();
}

/** Milliseconds. */
const loadAgainAfter = 3000;
let chatFile: Promise<void> | undefined;

/** A15: loads the screen of chats with the first chat. A failed load is tried again. */
function loadChat(loaded: () => void = () => undefined): void {
  chatFile ??= import('./chat/chat.js').then(({ defineChat }) => defineChat());
  chatFile.then(loaded, () => {
    chatFile = undefined;
    setTimeout(loaded, loadAgainAfter);
  });
}

/** The text that a screen reader announces when it changes. */
export function announcement(snapshot: DesktopSnapshot, words: Localizer): string {
  const call = callView(snapshot);
  if (!call) return '';
  // A chat that rings is about to need its screen.
  if (call.chat && !customElements.get('ccai-chat-screen')) loadChat();
  const announced = words.text(phaseKey(call));
  // Names the caller for persons who do not see the screen.
  if (call.phase === 'incoming')
    return words.text(call.chat ? 'sessions.incoming-chat' : 'sessions.incoming-call', { name: whoIs(call, words) });
  if (!call.outcome) return announced;
  return `${words.text(call.chat ? 'chat.ended' : 'call.ended')}. ${words.text(outcomeWord(call.outcome, call.chat))}`;
}

const phaseKey = ({ phase, chat, inbound, session }: CallView): MessageKey => {
  if (phase === 'incoming' && chat) return 'live.incoming-chat';
  if (phase === 'incoming' && isInternal(session)) return 'internal.incoming';
  if (chat && (phase === 'missed' || phase === 'withdrawn' || phase === 'wrap-up')) return `chat.${phase}`;
  return phase === 'calling' && inbound ? 'call.connecting' : `call.${phase}`;
};

/** A5: starts or stops the ring and the notification for an incoming session. */
export function alert(element: RingingPanel, desktop: AgentDesktop, words: Localizer): void {
  alertOf(element, desktop, words, (id) => {
    const { calls, sessions } = desktop.snapshot.agent.context.leader;
    const { session, caller } = own(sessions, id)?.context ?? {};
    return whoIs({ name: caller?.name ?? own(calls, id)?.name, number: session?.customerNumber ?? '', session }, words);
  });
}

export { endAlerts } from '../alerts.js';
export { panelBar } from '../parts/panel-bar.js';
export { brokenScreen } from './broken-screen.js';
export { runShortcut } from '../shortcuts.js';
export { ownChoices, saveOwnChoices } from '../own-choices.js';
