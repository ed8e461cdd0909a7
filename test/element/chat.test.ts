/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { allCapabilities, type IncomingChat } from '../../src/simulator/index.js';
import { onMain, type GivenPanel, type TestPanel } from '../support/panel.js';
import { allByRole, byRole, focused, press, see, until } from '../support/roles.js';

const giulia = { name: 'Giulia Rossi', email: 'giulia@example.com', authenticated: true };
const batching = { comments: false, updates: false };

/** A panel whose agent has answered a chat. */
async function chatting(given: GivenPanel = {}, more: Partial<IncomingChat> = {}) {
  const opened = await onMain({
    settings: { batching },
    telephony: { profile: { capabilities: allCapabilities } },
    ...given,
  });
  return { ...opened, id: await chat(opened, more) };
}

async function chat({ panel, telephony }: TestPanel, more: Partial<IncomingChat> = {}): Promise<string> {
  const id = telephony.chat({ channel: 'web-chat', customer: giulia, answered: true, ...more });
  await see(panel, 'button', panel.locale === 'fr' ? 'Terminer le chat' : 'End chat');
  return id;
}

const field = (panel: HTMLElement) => see<HTMLTextAreaElement>(panel, 'textbox', 'Message');
const log = (panel: HTMLElement) => byRole(panel, 'log');

async function type(panel: HTMLElement, text: string): Promise<HTMLTextAreaElement> {
  const textarea = await field(panel);
  textarea.focus();
  textarea.value = text;
  textarea.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  return textarea;
}

const enter = (textarea: HTMLElement, more: KeyboardEventInit = {}) =>
  textarea.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true, ...more }),
  );

/** What the platform has of the agent. */
const sent = async ({ telephony }: TestPanel, id: string) =>
  (await telephony.listMessages(id)).items.flatMap(({ from, text }) => (from === 'agent' ? [text] : []));

describe('a chat', () => {
  afterEach(() => document.body.replaceChildren());

  it('A15 shows the conversation and a field that has the focus; Enter sends, Shift+Enter breaks the line', async () => {
    const opened = await chatting();
    const { panel, telephony, id } = opened;
    await until(() => focused()?.localName === 'textarea');
    telephony.write(id, 'Where is my order?');
    await until(() => log(panel).innerText.includes('Where is my order?'));
    expect(log(panel).innerText).to.match(/Giulia Rossi\s+\d+:\d\d/);
    const textarea = await type(panel, 'Let me look.');
    expect(enter(textarea, { shiftKey: true })).to.equal(true, 'the line breaks');
    expect(enter(textarea, { isComposing: true })).to.equal(true, 'a character is being composed');
    expect(await sent(opened, id)).to.deep.equal([]);
    expect(enter(textarea)).to.equal(false, 'the message is sent');
    await until(() => log(panel).innerText.includes('Sent'));
    expect(await sent(opened, id)).to.deep.equal(['Let me look.']);
    expect((await field(panel)).value).to.equal('');
    expect(focused()).to.equal(await field(panel));
    telephony.reads(id);
    await until(() => log(panel).innerText.includes('Read'));
    expect(allByRole(panel, 'button', 'Dial a number')).to.deep.equal([]);
  });

  it('A15 R34 goes from the first message to the note and the transcript on the ticket', async () => {
    const { panel, telephony, host, id } = await chatting();
    telephony.write(id, 'Where is my order?');
    await type(panel, 'On its way.');
    await press(panel, 'button', 'Send');
    await until(() => log(panel).innerText.includes('Sent'));
    await press(panel, 'button', 'Notes');
    const notes = await see<HTMLTextAreaElement>(panel, 'textbox', 'Notes');
    notes.value = 'Asked for the order.';
    notes.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await press(panel, 'button', 'Back');
    await press(panel, 'button', 'End chat');
    await press(panel, 'button', 'Save & Close');
    const ticket = await until(() => host.tickets().find(({ origin }) => origin?.sessionId === id));
    const bodies = () => host.comments(ticket.id).map(({ body }) => body);
    const transcript = await until(() => bodies().find((body) => body.endsWith(`chat_transcript · ${id}`)));
    expect(transcript).to.match(/Giulia Rossi: Where is my order\?\n.*: On its way\.\n/);
    expect(bodies().find((body) => body.endsWith(`chat_finished · ${id}`))).to.contain('Asked for the order.');
  });

  it('A15 a message that was not sent says so, and Retry sends it once', async () => {
    const opened = await chatting();
    const { panel, telephony, id } = opened;
    telephony.trouble = { sendMessage: 'not-available' };
    enter(await type(panel, 'Once'));
    await until(() => log(panel).innerText.includes('Not sent.'));
    telephony.trouble = {};
    await press(panel, 'button', 'Retry: Once');
    await until(() => log(panel).innerText.includes('Sent'));
    expect(await sent(opened, id)).to.deep.equal(['Once']);
  });

  it('A15 texts are never markup, links are https only, and files have name and size', async () => {
    const { panel, telephony, id } = await chatting();
    telephony.write(id, '<img src=x onerror=alert(1)> javascript:alert(1) http://a.example https://b.example/c?d=1.');
    telephony.write(id, {
      attachments: [
        { name: 'box.jpg', type: 'image/jpeg', size: 1_240_000 },
        { name: 'bad.html', type: 'text/html', size: 2000, url: 'javascript:alert(2)' },
      ],
    });
    await until(() => log(panel).innerText.includes('bad.html'));
    expect(log(panel).querySelector('img, script')).to.equal(null);
    const links = allByRole(panel, 'link') as HTMLAnchorElement[];
    expect(links.map(({ protocol, textContent }) => `${protocol} ${textContent?.trim()}`)).to.deep.equal([
      'https: https://b.example/c?d=1',
      'https: box.jpg',
    ]);
    for (const link of links) expect(link.rel).to.equal('noopener noreferrer');
    expect(log(panel).innerText.replaceAll(/\s+/g, ' ')).to.contain('box.jpg 1.2 MB').and.contain('bad.html 2 kB');
  });

  it('A15 a conversation that cannot be loaded says so: answering works, and Retry loads it', async () => {
    const opened = await onMain({ settings: { batching }, telephony: { profile: { capabilities: allCapabilities } } });
    const { panel, telephony } = opened;
    telephony.trouble = { listMessages: 'offline' };
    const id = await chat(opened);
    await see(panel, 'alert');
    enter(await type(panel, 'I am here.'));
    await until(() => log(panel).innerText.includes('I am here.'));
    telephony.trouble = {};
    telephony.write(id, 'Where is my order?');
    await press(panel, 'button', 'Retry');
    await until(() => log(panel).innerText.includes('Where is my order?') && allByRole(panel, 'alert').length === 0);
    await until(async () => (await sent(opened, id)).length === 1);
  });

  it('A15 a long conversation has a window of rows, and a new message leaves the reading position', async () => {
    const { panel, telephony, id } = await chatting();
    for (let at = 0; at < 300; at++) telephony.write(id, `Message ${at}`);
    await until(() => log(panel).innerText.includes('Message 299'));
    const rows = () => log(panel).querySelectorAll('li').length;
    expect(rows()).to.be.at.most(60);
    const list = log(panel);
    list.scrollTop = list.scrollHeight / 2;
    await see(panel, 'button', /Newest|new message/);
    const [first] = list.querySelectorAll<HTMLElement>('li[data-key]');
    const seen = [...list.querySelectorAll<HTMLElement>('li[data-key]')].find(
      (row) => row.getBoundingClientRect().top >= list.getBoundingClientRect().top,
    )!;
    const { top } = seen.getBoundingClientRect();
    telephony.write(id, 'One more');
    await see(panel, 'button', '1 new message');
    expect(first && rows()).to.be.at.most(60);
    expect(seen.isConnected && Math.abs(seen.getBoundingClientRect().top - top)).to.be.lessThan(2);
    await press(panel, 'button', '1 new message');
    await until(() => log(panel).innerText.includes('One more'));
  });

  it('A7 A15 each chat has a draft of its own, and the bar of sessions leads from one to the other', async () => {
    const opened = await chatting();
    const { panel } = opened;
    await type(panel, 'For Giulia');
    const other = await chat(opened, { customer: { name: 'Ben Okafor', authenticated: true } });
    await press(panel, 'button', 'Chat: Ben Okafor');
    await until(async () => (await field(panel)).value === '');
    await type(panel, 'For Ben');
    await press(panel, 'button', /^Chat: Giulia Rossi/);
    await until(async () => (await field(panel)).value === 'For Giulia');
    expect(await sent(opened, other)).to.deep.equal([]);
  });

  it('A15 without the capability the screen leads to the conversation, and takes notes', async () => {
    const capabilities = allCapabilities.filter((one) => one !== 'chat-messages');
    const { panel } = await chatting(
      { telephony: { profile: { capabilities } } },
      { conversationUrl: 'https://chat.example/7' },
    );
    const link = await see<HTMLAnchorElement>(panel, 'link', /conversation/i);
    expect([link.href, link.rel]).to.deep.equal(['https://chat.example/7', 'noopener noreferrer']);
    await see(panel, 'textbox', 'Notes');
    expect(allByRole(panel, 'textbox', 'Message')).to.deep.equal([]);
  });
});
