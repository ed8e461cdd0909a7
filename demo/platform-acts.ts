import type { AgentAct, SimulatedTelephony } from '../src/simulator/index.js';
import type { TransferTarget } from '../src/telephony/telephony.js';

/** The visitor's choices for an act. It is JSON, so that it can be sent to another page. */
export interface Choice {
  sessionId: string;
  target: TransferTarget;
  queue: { id: string; path: readonly string[] };
  /** Whether a new call or chat is answered at once. */
  answered: boolean;
}

/** Something that the platform, a customer or the agent does. */
export interface Act {
  id: string;
  label: string;
  /** Returns the id of a session that begins. */
  raise(platform: SimulatedTelephony, choice: Choice): string | void;
}

export interface ActGroup {
  title: string;
  /** Whether the group's acts need a session. */
  forSession: boolean;
  acts: readonly Act[];
}

/** The callers, with numbers and identifiers of contacts in the CRM. */
export interface Callers {
  /** One contact has the number. */
  one: { label: string; number: string };
  /** Several contacts have the number. */
  several: { label: string; number: string };
  /** A customer of the app, with an identifier. */
  identified: { name: string; identifier: string; number: string };
  /** A customer of the website, with an e-mail address. */
  mailed: { name: string; email: string };
  unknownNumber: string;
}

/** What a customer writes in a chat, in turn. */
const lines = [
  'Hello! I ordered a charger last week. Where is it?',
  'The order is VL-20418.',
  'The tracking page https://shop.example/orders/VL-20418 has not changed for three days.',
];
/** What a customer answers to the agent's messages. */
const answers = ['Thank you. How long will it take?', 'That is fine for me.', 'Thanks for your help. Bye!'];
const isChat = (platform: SimulatedTelephony, id: string): boolean =>
  platform.sessions().some((session) => session.id === id && session.channel.endsWith('-chat'));
let written = 0;

const web = { page: '/bikes/velora-3', browser: 'Firefox 140', referrer: 'newsletter' };

const call = (id: string, label: string, who: Parameters<SimulatedTelephony['incoming']>[0]): Act => ({
  id,
  label,
  raise: (platform, choice) => platform.incoming({ ...who, queue: choice.queue, answered: choice.answered }),
});
const chat = (id: string, label: string, who: Parameters<SimulatedTelephony['chat']>[0]): Act => ({
  id,
  label,
  raise: (platform, choice) => platform.chat({ ...who, answers, queue: choice.queue, answered: choice.answered }),
});
const agent = (id: string, label: string, act: (choice: Choice) => AgentAct): Act => ({
  id,
  label,
  raise: (platform, choice) => platform.atAnotherDevice(choice.sessionId, act(choice)),
});
const sessionAct = (
  id: string,
  label: string,
  raise: (platform: SimulatedTelephony, sessionId: string) => void,
): Act => ({
  id,
  label,
  raise: (platform, { sessionId }) => raise(platform, sessionId),
});

const calls = ({ one, several, identified, unknownNumber }: Callers): readonly Act[] => [
  call('call-one', `${one.label}: one contact`, { number: one.number }),
  call('call-several', `${several.label}: several contacts`, { number: several.number }),
  call('call-unknown', 'Unknown number', { number: unknownNumber }),
  call('call-anonymous', 'Anonymous', { anonymous: true }),
  call('call-blocked', 'Blocked', { number: unknownNumber, blocked: true }),
  call('call-internal', 'Colleague, internal', { number: '+14155550110', channel: 'internal-call' }),
  call('call-mobile', `${identified.name}, from the app`, {
    channel: 'mobile-call',
    number: identified.number,
    customer: { name: identified.name, identifier: identified.identifier, authenticated: true },
    customData: { plan: 'Velora Care', bikes: 2 },
  }),
  call('call-web', 'Website visitor', { channel: 'web-call', customer: { authenticated: false, web } }),
  {
    id: 'voicemail',
    label: `${one.label} leaves a voicemail`,
    raise: (platform, choice) =>
      platform.voicemail({
        number: one.number,
        queue: choice.queue,
        transcript: 'The charger blinks red again. Please call me back.',
      }),
  },
  {
    id: 'abandoned',
    label: 'Caller gives up waiting',
    raise: (platform, choice) => platform.abandoned({ number: unknownNumber, queue: choice.queue }),
  },
];

const chats = ({ identified, mailed }: Callers): readonly Act[] => [
  chat('chat-known', `${mailed.name}, on the website`, {
    channel: 'web-chat',
    customer: { ...mailed, authenticated: true, web },
    customData: { cart: 'Velora 3, size M' },
  }),
  chat('chat-new', 'New visitor, on the website', {
    channel: 'web-chat',
    customer: { authenticated: false, web },
  }),
  chat('chat-mobile', `${identified.name}, in the app`, {
    channel: 'mobile-chat',
    customer: { name: identified.name, identifier: identified.identifier, authenticated: true },
  }),
];

const customer: readonly Act[] = [
  sessionAct('picks-up', 'Picks up', (platform, id) => platform.pickUp(id)),
  sessionAct('hangs-up', 'Hangs up', (platform, id) => platform.hangUp(id)),
  sessionAct('message', 'Writes a message', (platform, id) =>
    isChat(platform, id) ? void platform.write(id, lines[written++ % lines.length]!) : platform.message(id),
  ),
  sessionAct('types', 'Types in the chat', (platform, id) => platform.types(id)),
  sessionAct('file', 'Sends a photo in the chat', (platform, id) => {
    platform.write(id, { attachments: [{ name: 'parcel.jpg', type: 'image/jpeg', size: 1_240_000 }] });
  }),
  sessionAct('away', 'Leaves the chat’s page', (platform, id) => platform.setAway(id, true)),
  sessionAct('back', 'Comes back to the chat', (platform, id) => platform.setAway(id, false)),
  sessionAct('reads', 'Reads the agent’s messages', (platform, id) => platform.reads(id)),
  sessionAct('photos', 'Shares two photos', (platform, id) =>
    platform.smartAction(id, {
      kind: 'photo',
      results: { photos: 2 },
      attachments: ['charger-front.jpg', 'charger-back.jpg'].map((name) => ({
        name,
        type: 'image/jpeg',
        url: `https://photos.example/${name}`,
      })),
    }),
  ),
  sessionAct('scan', 'Shares a 2.5 MB scan', (platform, id) =>
    platform.smartAction(id, {
      kind: 'document',
      results: { documents: 1 },
      attachments: [
        {
          name: 'invoice.pdf',
          type: 'application/pdf',
          file: new Blob([new Uint8Array(2_500_000)], { type: 'application/pdf' }),
        },
      ],
    }),
  ),
  sessionAct('verified', 'Verifies identity', (platform, id) =>
    platform.smartAction(id, { kind: 'verification', results: { method: 'fingerprint' }, verified: true }),
  ),
  sessionAct('declines', 'Declines to share photo', (platform, id) =>
    platform.smartActionFails(id, { kind: 'photo', message: 'The customer declined.', byUser: true }),
  ),
  sessionAct('rates-5', 'Rates with 5', (platform, id) => platform.rate(id, 5, 'Quick and kind, thank you.')),
  sessionAct('rates-2', 'Rates with 2', (platform, id) => platform.rate(id, 2, 'I had to call three times.')),
];

const platformItself: readonly Act[] = [
  sessionAct('custom-data', 'Custom data arrives', (platform, id) =>
    platform.customData(id, { serial: 'VX-3-118842', model_year: 2025, under_warranty: true }),
  ),
  sessionAct('api', 'API responds', (platform, id) =>
    platform.apiResponds(id, { name: 'orders', data: { open: 1, last: 'VL-20418', total: '1,249.00' } }),
  ),
  sessionAct('action-fails', 'Smart action fails', (platform, id) =>
    platform.smartActionFails(id, { kind: 'photo', message: 'The upload was interrupted.', byUser: false }),
  ),
  {
    id: 'queue',
    label: 'Queue changes',
    raise: (platform, choice) => platform.moveToQueue(choice.sessionId, choice.queue),
  },
  sessionAct('quality', 'Call quality becomes poor', (platform, id) =>
    platform.quality(id, { word: 'poor', loss: 0.08, jitter: 45 }),
  ),
  sessionAct('parts', 'Recording comes in three parts', (platform, id) => platform.recordInParts(id, 3)),
  sessionAct('taken', 'Colleague answers instead', (platform, id) => platform.takenElsewhere(id)),
];

const agentElsewhere: readonly Act[] = [
  agent('transfer-cold', 'Transfers now', (choice) => ({
    do: 'transfer',
    target: choice.target,
    mode: 'cold',
  })),
  agent('transfer-warm', 'Consults first', (choice) => ({ do: 'transfer', target: choice.target, mode: 'warm' })),
  agent('complete', 'Completes transfer', () => ({ do: 'complete-transfer' })),
  agent('cancel', 'Cancels transfer', () => ({ do: 'cancel-transfer' })),
  agent('add', 'Adds to the call', (choice) => ({ do: 'add', target: choice.target })),
  agent('remove', 'Removes from the call', ({ target: { kind, id } }) => ({
    do: 'remove',
    participantId: `${kind}-${id}`,
  })),
  agent('leave', 'Leaves the call', () => ({ do: 'leave' })),
  agent('mute', 'Mutes', () => ({ do: 'mute', on: true })),
  agent('unmute', 'Unmutes', () => ({ do: 'mute', on: false })),
  agent('hold', 'Holds', () => ({ do: 'hold', on: true })),
  agent('unhold', 'Resumes', () => ({ do: 'hold', on: false })),
  agent('redact', 'Pauses recording', () => ({ do: 'pause-recording', on: true })),
  agent('unredact', 'Resumes recording', () => ({ do: 'pause-recording', on: false })),
  agent('notes', 'Submits notes', () => ({
    do: 'wrap-up',
    notes: 'Sends the charger back with the label.',
    dispositions: ['returns/charger'],
  })),
  agent('listened', 'Plays voicemail', () => ({ do: 'voicemail', as: 'read' })),
  agent('closed', 'Closes voicemail', () => ({ do: 'voicemail', as: 'closed' })),
];

const machine: readonly Act[] = [
  { id: 'device-lost', label: 'Headset unplugged', raise: (platform) => platform.loseDevice() },
];

/** All acts, in the order of the drawer. */
export const actGroups = (callers: Callers): readonly ActGroup[] => [
  { title: 'Incoming call', forSession: false, acts: calls(callers) },
  { title: 'Incoming chat', forSession: false, acts: chats(callers) },
  { title: 'Agent’s computer', forSession: false, acts: machine },
  { title: 'Customer', forSession: true, acts: customer },
  { title: 'Phone system', forSession: true, acts: platformItself },
  { title: 'Agent, on another device', forSession: true, acts: agentElsewhere },
];
