import type { Page } from '../domain/contact.js';
import type { Attachment, ChatMessage } from '../domain/session.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import type { ListOptions, OwnMessage } from '../telephony/telephony.js';
import type { PlatformContext } from './platform-context.js';
import { isChatSession, type SimulatedSession } from './simulated-session.js';

/** What a customer writes: a text, files, or both. */
export type CustomerMessage = Pick<ChatMessage, 'text' | 'attachments'>;

/** Milliseconds from the agent's message until the customer types, and from there to the answer. */
const answersAfter = { typing: 1200, writing: 2500 };
const defaultPage = 50;

/** A15: the conversations of chats. They are stored with their sessions, so that they survive a reload. */
export class Conversations {
  readonly #context: PlatformContext;

  constructor(context: PlatformContext) {
    this.#context = context;
    context.scheduler.handle({
      'customer-types': (simulated) => this.#types(simulated),
      'customer-writes': (simulated, at, { text }) => void this.#write(simulated, { text }, at),
    });
  }

  /** A page of messages, oldest first. The first page has the newest. `page` is the index after its last message. */
  list(sessionId: string, { page, limit = defaultPage }: ListOptions = {}): Page<ChatMessage> {
    const messages = this.#chat(sessionId).messages ?? [];
    const to = Number(page ?? messages.length);
    const from = Math.max(0, to - limit);
    return { items: structuredClone(messages.slice(from, to)), ...(from > 0 && { next: String(from) }) };
  }

  send(sessionId: string, { key, text, files = [] }: OwnMessage): void {
    const simulated = this.#chat(sessionId);
    if (simulated.messages?.some((one) => one.key === key)) return;
    this.#context.agentSession(sessionId);
    const limit = this.#context.profile.fileLimitBytes ?? Infinity;
    if (files.some((file) => (file.size ?? file.file?.size ?? 0) > limit))
      throw new TelephonyError('invalid', 'The file is over the limit.');
    const { scheduler, agent } = this.#context;
    const id = scheduler.newId();
    this.#add(simulated, {
      ...{ id, key, from: 'agent' as const, name: agent!.name },
      ...(text !== undefined && { text }),
      ...(files.length > 0 && { attachments: files.map((file, at) => uploaded(file, `${id}-${at + 1}`)) }),
    });
    this.#answer(simulated);
  }

  setTyping(sessionId: string, _typing: boolean): void {
    this.#context.agentSession(sessionId);
  }

  markRead(sessionId: string, upTo: string): void {
    const simulated = this.#chat(sessionId);
    const messages = simulated.messages ?? [];
    const seen = messages.findLastIndex(({ id }) => id === upTo);
    const unread = messages.slice(seen + 1).filter(({ from }) => from === 'customer').length;
    if (unread >= simulated.unread) return;
    simulated.unread = unread;
    this.#context.scheduler.emit(simulated, { type: 'session.message', unread });
  }

  write(sessionId: string, message: CustomerMessage | string): string {
    const { clock } = this.#context;
    return this.#write(this.#chat(sessionId), typeof message === 'string' ? { text: message } : message, clock.now());
  }

  types(sessionId: string): void {
    this.#types(this.#chat(sessionId));
  }

  reads(sessionId: string): void {
    const simulated = this.#chat(sessionId);
    const last = simulated.messages?.findLast(({ from }) => from === 'agent');
    if (last) this.#context.scheduler.emit(simulated, { type: 'session.read', upTo: last.id });
  }

  setAway(sessionId: string, away: boolean): void {
    const simulated = this.#chat(sessionId);
    if ((simulated.away === true) === away) return;
    simulated.away = away;
    this.say(simulated, away ? 'The customer has left the page' : 'The customer is back');
    if (!away) this.#answer(simulated);
  }

  redact(sessionId: string, messageId: string, text: string): void {
    const simulated = this.#chat(sessionId);
    const message = simulated.messages?.find(({ id }) => id === messageId);
    if (!message) throw new TelephonyError('invalid', `There is no message ${messageId}.`);
    message.text = text;
    this.#emit(simulated, message);
  }

  /** The platform says something in the conversation. */
  say(simulated: SimulatedSession, text: string, at?: number): void {
    this.#add(simulated, { id: this.#context.scheduler.newId(), from: 'system', text }, at);
  }

  #chat(sessionId: string): SimulatedSession {
    const simulated = this.#context.session(sessionId);
    if (!isChatSession(simulated)) throw new TelephonyError('invalid', `Session ${sessionId} is not a chat.`);
    return simulated;
  }

  #types(simulated: SimulatedSession): void {
    this.#context.scheduler.emit(simulated, { type: 'session.typing', from: 'customer' });
  }

  #write(simulated: SimulatedSession, { text, attachments }: CustomerMessage, at: number): string {
    const id = this.#context.scheduler.newId();
    const { name } = simulated.session.customer ?? {};
    simulated.unread += 1;
    const message = {
      ...{ id, from: 'customer' as const },
      ...(name !== undefined && { name }),
      ...(text !== undefined && { text }),
      ...(attachments && { attachments: attachments.map((file, index) => uploaded(file, `${id}-${index + 1}`)) }),
    };
    this.#add(simulated, message, at);
    return id;
  }

  #add(simulated: SimulatedSession, given: Omit<ChatMessage, 'at'>, at = this.#context.clock.now()): void {
    const message: ChatMessage = { at: new Date(at).toISOString(), ...given };
    (simulated.messages ??= []).push(message);
    this.#emit(simulated, message, at);
  }

  #emit(simulated: SimulatedSession, message: ChatMessage, at?: number): void {
    const event = { type: 'session.message' as const, unread: simulated.unread, message: structuredClone(message) };
    this.#context.scheduler.emit(simulated, event, at);
  }

  /** The customer answers the agent's last message, unless they are away. */
  #answer(simulated: SimulatedSession): void {
    const { scheduler } = this.#context;
    const [text, ...answers] = simulated.conduct.answers ?? [];
    const last = simulated.messages?.findLast(({ from }) => from !== 'system');
    if (text === undefined || simulated.away || last?.from !== 'agent') return;
    simulated.conduct = { ...simulated.conduct, answers };
    scheduler.append(simulated, 'conversation', [
      { after: answersAfter.typing, do: 'customer-types' },
      { after: answersAfter.writing, do: 'customer-writes', text },
    ]);
  }
}

/** The file as the platform keeps it: a link. */
const uploaded = ({ name, type, url, file, size = file?.size }: Attachment, id: string): Attachment => ({
  ...{ name, type, url: url ?? `https://files.example/${id}` },
  ...(size !== undefined && { size }),
});
