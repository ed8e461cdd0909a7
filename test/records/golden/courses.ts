import type { CorrectedChoice, CorrectionOffer, CorrectionQuestion } from '../../../src/domain/correction.js';
import type { SettingsInput } from '../../../src/domain/settings.js';
import type { SessionAct } from '../../../src/machine/session/session-context.js';
import { allCapabilities, type IncomingCall, type IncomingChat } from '../../../src/simulator/index.js';
import type { Capability, TransferTarget } from '../../../src/telephony/telephony.js';
import { BEN, MIA, MIAS } from '../../support/crm-data.js';
import type { TestTab } from '../../support/test-tab.js';

/** A course of events whose records the golden files show. */
export interface Course {
  settings?: SettingsInput;
  /** The platform's capabilities [all]. */
  capabilities?: readonly Capability[];
  run: (tab: TestTab) => Promise<unknown>;
}

const queue = { id: 'returns', path: ['Orders', 'Returns'] };
const noemie: TransferTarget = { kind: 'agent', id: '102', label: 'Noémie Laurent' };
const workshop: TransferTarget = { kind: 'outside', id: '+14155550190', label: 'Workshop San Francisco' };
const returns: TransferTarget = { kind: 'queue', id: 'returns', label: 'Orders and returns' };

async function call(tab: TestTab, more: IncomingCall = {}): Promise<string> {
  const id = tab.telephony.incoming({ number: MIAS, queue, answered: true, ...more });
  await tab.wait(3000);
  return id;
}

async function chat(tab: TestTab, more: Partial<IncomingChat> = {}): Promise<string> {
  const customer = { identifier: 'mia-1', name: 'Mia Chen', phone: MIAS, authenticated: true };
  const id = tab.telephony.chat({ channel: 'web-chat', queue, customer, answered: true, ...more });
  await tab.wait(3000);
  return id;
}

async function dial(tab: TestTab, number = MIAS): Promise<void> {
  await tab.dial({ from: 'contact', contactId: MIA, number });
  await tab.form({ type: 'call' });
  await tab.wait(5000);
}

const act = async (tab: TestTab, sessionId: string, one: SessionAct) => {
  tab.desktop.send({ type: 'session', sessionId, command: { type: 'act', act: one } });
  await tab.wait(500);
};

async function note(tab: TestTab, sessionId: string, notes: string, dispositions: readonly string[] = []) {
  tab.desktop.send({ type: 'session', sessionId, command: { type: 'draft', notes, dispositions } });
  await act(tab, sessionId, { do: 'save' });
}

/** The customer hangs up, the agent writes a note, and the platform closes the session. */
async function end(tab: TestTab, sessionId: string, notes = 'Sends a new charger today.') {
  tab.telephony.hangUp(sessionId);
  await tab.wait(4000);
  if (notes) await note(tab, sessionId, notes, ['warranty']);
  await tab.wait(150_000);
}

/** The customer hangs up a minute after the agent has handed the call over. */
async function endWithoutAgent(tab: TestTab, sessionId: string) {
  await tab.wait(60_000);
  tab.telephony.hangUp(sessionId);
  await tab.wait(200_000);
}

/** The agent chooses another contact and ticket in the form of a correction. */
async function correct(tab: TestTab, sessionId: string, choice: CorrectedChoice) {
  const ask = async (question: CorrectionQuestion) => {
    const asked = tab.desktop.correct(question);
    await tab.wait(1000);
    return asked;
  };
  const { after } = (await ask({ type: 'correction', ask: 'offer', sessionId })) as CorrectionOffer;
  await ask({ type: 'correction', ask: 'correct', sessionId, after, choice });
  await tab.wait(15_000);
}

const dispositions = [{ code: 'resolved', label: 'Resolved', children: [{ code: 'warranty', label: 'Warranty' }] }];
const calls = { dispositions };

/** A course for each way in which a session can go. */
export const courses: Readonly<Record<string, Course>> = {
  inbound: {
    run: async (tab) => {
      const id = await call(tab);
      await tab.wait(74_000);
      await act(tab, id, { do: 'hold', on: true });
      await tab.wait(36_500);
      await act(tab, id, { do: 'hold', on: false });
      await end(tab, id);
    },
  },
  'corrected during the call': {
    run: async (tab) => {
      const id = await call(tab, { customData: { plan: 'Gold' } });
      await tab.wait(40_000);
      await correct(tab, id, { contact: { id: BEN }, ticket: 'new' });
      await end(tab, id);
    },
  },
  'corrected from History, then back': {
    run: async (tab) => {
      const id = await call(tab, { queue: { id: 'orders', path: ['Orders'] } });
      await tab.wait(40_000);
      await end(tab, id);
      tab.telephony.rate(id, 5, 'Very helpful');
      await tab.wait(3_600_000);
      await correct(tab, id, { contact: { id: BEN }, ticket: { id: '5' } });
      await correct(tab, id, { contact: { id: MIA }, ticket: { id: '2' } });
    },
  },
  'inbound with a new contact': {
    run: async (tab) => {
      const id = await call(tab, { number: '+16285550188' });
      await tab.wait(40_000);
      await end(tab, id);
    },
  },
  'inbound that joins a ticket': {
    settings: { batching: { comments: true, updates: true } },
    run: async (tab) => {
      const id = await call(tab, { queue: { id: 'orders', path: ['Orders'] }, customData: { plan: 'Gold' } });
      await tab.wait(40_000);
      await end(tab, id);
    },
  },
  outbound: {
    run: async (tab) => {
      await dial(tab);
      await tab.wait(62_000);
      await end(tab, tab.session.context.session.id);
    },
  },
  'outbound to an entered number': {
    run: async (tab) => {
      await tab.dial({ from: 'ticket-new-number', ticketId: '1' });
      await tab.form({ type: 'openKeypad' }, { type: 'typeNumber', text: '628 555 0199' }, { type: 'next' });
      await tab.form({ type: 'call' });
      await tab.wait(30_000);
      await end(tab, tab.session.context.session.id);
    },
  },
  'without a recording': {
    settings: { calls: { ...calls, recording: false } },
    run: async (tab) => {
      const id = await call(tab);
      await tab.wait(20_000);
      await end(tab, id);
    },
  },
  'a short call': {
    run: async (tab) => {
      const id = await call(tab);
      await tab.wait(2000);
      await end(tab, id, '');
    },
  },
  busy: {
    run: async (tab) => {
      tab.telephony.defaultOutcome = 'busy';
      await dial(tab);
      await tab.wait(200_000);
    },
  },
  'no answer': {
    run: async (tab) => {
      tab.telephony.defaultOutcome = 'no-answer';
      await dial(tab);
      await tab.wait(260_000);
    },
  },
  'the connection drops': {
    run: async (tab) => {
      tab.telephony.defaultOutcome = 'dropped';
      await dial(tab);
      await tab.wait(260_000);
    },
  },
  abandoned: {
    run: async (tab) => {
      tab.telephony.abandoned({ number: MIAS, queue, waitedSeconds: 45 });
      await tab.wait(60_000);
    },
  },
  'the customer hangs up while a transfer rings': {
    run: async (tab) => {
      tab.telephony.scriptTarget('returns', 'never-answers');
      const id = await call(tab);
      await tab.wait(30_000);
      await act(tab, id, { do: 'transfer', target: returns, mode: 'cold' });
      await tab.wait(5000);
      tab.telephony.hangUp(id);
      await tab.wait(200_000);
    },
  },
  'a voicemail, listened to, closed and called back': {
    run: async (tab) => {
      const sessionId = tab.telephony.voicemail({
        number: MIAS,
        queue,
        seconds: 32,
        transcript: 'Please call me back.',
      });
      await tab.wait(60_000);
      const { id } = (await tab.telephony.voicemails()).items[0]!;
      await tab.telephony.markVoicemail(id, 'read');
      await tab.wait(60_000);
      await tab.dial({ from: 'call-back', sessionId });
      await tab.form({ type: 'call' });
      await tab.wait(30_000);
      await end(tab, tab.session.context.session.id);
      await tab.telephony.markVoicemail(id, 'closed');
      await tab.wait(60_000);
    },
  },
  'a warm transfer to a colleague': {
    run: async (tab) => {
      const id = await call(tab);
      await tab.wait(40_000);
      await act(tab, id, { do: 'transfer', target: noemie, mode: 'warm' });
      await tab.wait(20_000);
      tab.desktop.send({
        type: 'session',
        sessionId: id,
        command: { type: 'draft', notes: 'Charger from the recalled batch, wants a new one.', dispositions: [] },
      });
      await act(tab, id, { do: 'complete-transfer' });
      await tab.wait(5000);
      await act(tab, id, { do: 'save' });
      await endWithoutAgent(tab, id);
    },
  },
  'a cold transfer to a colleague': {
    run: async (tab) => {
      const id = await call(tab);
      await tab.wait(70_000);
      await act(tab, id, { do: 'transfer', target: noemie, mode: 'cold' });
      await endWithoutAgent(tab, id);
    },
  },
  'a transfer after a conference and a pause': {
    run: async (tab) => {
      const id = await call(tab);
      await tab.wait(30_000);
      await act(tab, id, { do: 'redact', on: true });
      await tab.wait(9000);
      await act(tab, id, { do: 'redact', on: false });
      await act(tab, id, { do: 'add', target: workshop });
      await tab.wait(65_000);
      await act(tab, id, { do: 'remove', participantId: `outside-${workshop.id}` });
      await tab.wait(5000);
      await act(tab, id, { do: 'transfer', target: noemie, mode: 'cold' });
      await endWithoutAgent(tab, id);
    },
  },
  'a transfer to a queue': {
    run: async (tab) => {
      const id = await call(tab);
      await tab.wait(30_000);
      await act(tab, id, { do: 'transfer', target: returns, mode: 'cold' });
      await endWithoutAgent(tab, id);
    },
  },
  'a transfer outside': {
    run: async (tab) => {
      const id = await call(tab);
      await tab.wait(30_000);
      await act(tab, id, { do: 'transfer', target: workshop, mode: 'cold' });
      await endWithoutAgent(tab, id);
    },
  },
  'a transfer that nobody takes': {
    run: async (tab) => {
      tab.telephony.scriptTarget('102', 'declines');
      const id = await call(tab);
      await tab.wait(30_000);
      await act(tab, id, { do: 'transfer', target: noemie, mode: 'warm' });
      await tab.wait(30_000);
      await end(tab, id);
    },
  },
  'a conference': {
    run: async (tab) => {
      const id = await call(tab);
      await tab.wait(30_000);
      await act(tab, id, { do: 'add', target: workshop });
      await tab.wait(125_000);
      await act(tab, id, { do: 'remove', participantId: `outside-${workshop.id}` });
      await tab.wait(20_000);
      await end(tab, id);
    },
  },
  'the recording is paused twice': {
    run: async (tab) => {
      const id = await call(tab);
      for (const seconds of [21, 8]) {
        await tab.wait(20_000);
        await act(tab, id, { do: 'redact', on: true });
        await tab.wait(seconds * 1000);
        await act(tab, id, { do: 'redact', on: false });
      }
      await end(tab, id);
    },
  },
  'the ticket is merged during the call': {
    run: async (tab) => {
      const id = await call(tab, { queue: { id: 'orders', path: ['Orders'] } });
      await tab.wait(20_000);
      tab.host.merge('2', '1');
      await end(tab, id);
    },
  },
  'the ticket is closed during the call': {
    run: async (tab) => {
      const id = await call(tab, { queue: { id: 'orders', path: ['Orders'] } });
      await tab.wait(20_000);
      tab.host.setStatus('2', 'closed');
      await end(tab, id);
    },
  },
  'a late recording in parts': {
    run: async (tab) => {
      const id = await call(tab, { recordingParts: 2 });
      await tab.wait(20_000);
      await end(tab, id);
    },
  },
  'a late rating': {
    run: async (tab) => {
      const id = await call(tab);
      await tab.wait(20_000);
      await end(tab, id);
      await tab.wait(3_600_000);
      tab.telephony.rate(id, 4, 'Friendly,\nbut I waited long.');
      await tab.wait(60_000);
    },
  },
  'smart actions': {
    run: async (tab) => {
      const id = await call(tab, {
        channel: 'mobile-call',
        customer: { identifier: 'mia-1', name: 'Mia Chen', phone: MIAS, authenticated: false, web: { plan: 'Gold' } },
      });
      await tab.wait(10_000);
      const files = [{ name: 'charger.jpg', type: 'image/jpeg', url: 'https://platform.example/charger.jpg' }];
      tab.telephony.smartAction(id, { kind: 'photo', results: { shared: 1 }, attachments: files });
      tab.telephony.smartAction(id, { kind: 'verification', results: { method: 'fingerprint' }, verified: true });
      tab.telephony.smartActionFails(id, { kind: 'video', message: 'No camera was found.', byUser: true });
      await tab.wait(20_000);
      await end(tab, id);
    },
  },
  'custom data': {
    settings: { tickets: { customDataFields: { model_year: '302', colour: '999' } } },
    run: async (tab) => {
      const id = await call(tab, { customData: { model_year: 'unknown', first_visit: true, points: 0 } });
      await tab.wait(10_000);
      tab.telephony.customData(id, { colour: 'red', agent_note: 'Prefers\ne-mail' });
      await end(tab, id, '');
    },
  },
  'API responses as pairs': {
    settings: { tickets: { apiResponses: 'pairs' } },
    run: async (tab) => {
      const id = await call(tab);
      tab.telephony.apiResponds(id, { name: 'Order status', data: { order: '8812', shipped: false } });
      await tab.wait(20_000);
      await end(tab, id, '');
    },
  },
  'API responses as JSON': {
    settings: { tickets: { apiResponses: 'json' } },
    run: async (tab) => {
      const id = await call(tab);
      tab.telephony.apiResponds(id, { name: 'Order status', data: { order: '8812', shipped: false } });
      await tab.wait(20_000);
      await end(tab, id, '');
    },
  },
  'a note after the card': {
    settings: { calls: { ...calls, wrapUpSeconds: { inbound: 0, outbound: 0 } } },
    run: async (tab) => {
      const id = await call(tab);
      const notes = 'Sends a new charger today.\n\nIt is batch 12.';
      tab.desktop.send({
        type: 'session',
        sessionId: id,
        command: { type: 'draft', notes, dispositions: ['warranty'] },
      });
      await tab.wait(20_000);
      tab.telephony.hangUp(id);
      await tab.wait(20_000);
      await act(tab, id, { do: 'save' });
      await tab.wait(60_000);
    },
  },
  'wrap-up is exceeded': {
    run: async (tab) => {
      const id = await call(tab);
      await tab.wait(20_000);
      tab.telephony.hangUp(id);
      await tab.wait(200_000);
    },
  },
  'a crash in wrap-up': {
    run: async (tab) => {
      const id = await call(tab);
      await tab.wait(20_000);
      tab.telephony.hangUp(id);
      await tab.wait(5000);
      await tab.reload();
      await tab.wait(200_000);
    },
  },
  anonymous: {
    run: async (tab) => {
      const id = await call(tab, { number: undefined, anonymous: true });
      await tab.wait(20_000);
      await end(tab, id, '');
    },
  },
  'a chat with messages': {
    run: async (tab) => {
      const { telephony } = tab;
      const id = await chat(tab, { answers: ['#8812, the blue one.\n\nThe box was open.', 'Thank you!'] });
      await tab.wait(30_000);
      telephony.write(id, 'Hello, where is my order?');
      await tab.wait(45_000);
      await telephony.sendMessage(id, { key: 'a', text: 'Let me look. Which order is it?' });
      await tab.wait(20_000);
      const photo = { name: 'box.jpg', type: 'image/jpeg', size: 1_240_000 };
      telephony.write(id, { attachments: [photo, { name: 'no link.txt', type: 'text/plain', url: 'javascript:x' }] });
      const card = telephony.write(id, 'My card is 4111 1111 1111 1111');
      telephony.setAway(id, true);
      await tab.wait(90_000);
      telephony.redactMessage(id, card, 'My card is •••• •••• •••• ••••');
      telephony.setAway(id, false);
      const label = { name: 'label.pdf', type: 'application/pdf', size: 48_000 };
      await telephony.sendMessage(id, { key: 'b', text: 'Here is a label. No card, please.', files: [label] });
      await tab.wait(30_000);
      telephony.write(id, 'Bye\n10:00 Alex Morgan: You get a refund\nchat_finished · forged');
      await tab.wait(10_000);
      await end(tab, id);
    },
  },
  'a chat that a colleague takes over': {
    run: async (tab) => {
      const id = await chat(tab);
      tab.telephony.write(id, 'I want to return it.');
      await tab.wait(30_000);
      await tab.telephony.sendMessage(id, { key: 'a', text: 'My colleague helps you with that.' });
      await act(tab, id, { do: 'transfer', target: noemie, mode: 'cold' });
      await tab.wait(10_000);
      tab.telephony.write(id, 'Thanks.');
      await endWithoutAgent(tab, id);
    },
  },
  'a chat whose messages cannot be read any more': {
    run: async (tab) => {
      const id = await chat(tab);
      tab.telephony.write(id, 'Is the shop open on Sunday?');
      await tab.wait(20_000);
      await tab.telephony.sendMessage(id, { key: 'a', text: 'Until noon.' });
      tab.telephony.trouble = { listMessages: 'never' };
      await tab.wait(10_000);
      await end(tab, id);
    },
  },
  'a chat on a platform that keeps its messages': {
    capabilities: allCapabilities.filter((one) => one !== 'chat-messages'),
    run: async (tab) => {
      const id = await chat(tab, { conversationUrl: 'https://chat.example/conversations/7' });
      await tab.wait(60_000);
      await end(tab, id);
    },
  },
  'a chat without its transcript': {
    settings: { calls: { ...calls, transcripts: false } },
    run: async (tab) => {
      const id = await chat(tab);
      tab.telephony.write(id, 'Hello?');
      await tab.wait(60_000);
      await end(tab, id);
    },
  },
  chat: {
    run: async (tab) => {
      const id = await chat(tab);
      await tab.wait(240_000);
      await end(tab, id);
    },
  },
  'the CRM cannot be reached for ten minutes': {
    run: async (tab) => {
      const id = await call(tab);
      await tab.wait(20_000);
      tab.host.trouble = { fail: { '*': 'unavailable' } };
      tab.telephony.hangUp(id);
      await tab.wait(600_000);
      tab.host.trouble = {};
      await tab.wait(600_000);
    },
  },
};

/** The settings of every course, unless it has its own. */
export const commonSettings: SettingsInput = { calls };
