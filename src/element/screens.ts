import { addEnglish } from './locales/en.js';
import { enCall } from './locales/en-call.js';
import { CallScreen } from './call-screen.js';
import { DetailsScreen } from './details-screen.js';
import { LoggedOutScreen } from './logged-out-screen.js';
import { NumberEntryScreen } from './number-entry-screen.js';
import { OptionsMenu } from './options-menu.js';
import { PanelDialog } from './panel-dialog.js';
import { PanelMessages } from './panel-messages.js';
import { RecordChoice } from './record-choice.js';
import { RecordsBar } from './records-bar.js';
import { RefusedScreen } from './refused-screen.js';
import { defineOnce } from './register.js';
import { SessionsBar } from './sessions-bar.js';
import { TicketEntryScreen } from './ticket-entry-screen.js';

/** The screens of a call. Loaded after the first paint. */
export function defineScreens(): void {
  addEnglish(enCall);
  defineOnce('ccai-ticket-entry-screen', TicketEntryScreen);
  defineOnce('ccai-number-entry-screen', NumberEntryScreen);
  defineOnce('ccai-refused-screen', RefusedScreen);
  defineOnce('ccai-details-screen', DetailsScreen);
  defineOnce('ccai-call-screen', CallScreen);
  defineOnce('ccai-panel-dialog', PanelDialog);
  defineOnce('ccai-options-menu', OptionsMenu);
  defineOnce('ccai-panel-messages', PanelMessages);
  defineOnce('ccai-logged-out-screen', LoggedOutScreen);
  defineOnce('ccai-record-choice', RecordChoice);
  defineOnce('ccai-records-bar', RecordsBar);
  defineOnce('ccai-sessions-bar', SessionsBar);
}

export { callView } from '../machine/call-view.js';
