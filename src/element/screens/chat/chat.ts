import { addEnglish } from '../../locales/en.js';
import { enChat } from '../../locales/en-chat.js';
import { defineOnce } from '../../register.js';
import { ChatComposer } from './chat-composer.js';
import { ChatMessages } from './chat-messages.js';
import { ChatScreen } from './chat-screen.js';

/** Registers the elements of a chat, which load with the first chat. */
export function defineChat(): void {
  addEnglish(enChat);
  defineOnce('ccai-chat-composer', ChatComposer);
  defineOnce('ccai-chat-messages', ChatMessages);
  defineOnce('ccai-chat-screen', ChatScreen);
}
