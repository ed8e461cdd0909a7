import '../src/define.js';
import { MemoryHost } from '../src/memory/index.js';
import { SipTelephony } from '../src/sip/index.js';
import { colleagues, people } from './sip-people.js';

interface Server {
  url: string;
  domain: string;
  passwords: Record<string, string>;
}

const parameters = new URLSearchParams(location.search);
const self = people.find(({ id }) => id === parameters.get('id')) ?? people[0];
const others = people.filter((one) => one !== self);

/** Replaces the microphone with a tone: the microphones of three telephones in one room would cause feedback. */
function speakInTones(hz: number): void {
  navigator.mediaDevices.getUserMedia = () => {
    const context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: hz });
    const out = context.createMediaStreamDestination();
    tone.connect(new GainNode(context, { gain: 0.05 })).connect(out);
    tone.start();
    return Promise.resolve(out.stream);
  };
}

const host = new MemoryHost({
  name: `${self.name}’s CRM`,
  account: `sip-demo-${self.id}`,
  agent: { id: self.id, name: self.name, teams: ['support'], canAdminister: true },
  data: { contacts: others.map(({ id, name, number }) => ({ id, name, phoneNumbers: [number] })) },
  settings: { batching: { windowSeconds: 1 }, calls: { wrapUpSeconds: { inbound: 0, outbound: 0 } } },
});

function showContacts(panel: HTMLElementTagNameMap['ccai-agent-adapter']): void {
  const buttons = others.map(({ id, name, number }) => {
    const button = document.createElement('button');
    button.textContent = `Call ${name}`;
    button.addEventListener('click', () => panel.dial({ from: 'contact', contactId: id, number }));
    return button;
  });
  document.querySelector('nav')!.replaceChildren(...buttons);
}

function showNewestTicket(): void {
  const [ticket] = host.tickets();
  const lines = ticket ? [`#${ticket.id} ${ticket.subject}`, ...host.comments(ticket.id).map(({ body }) => body)] : [];
  const paragraphs = lines.map((line) => Object.assign(document.createElement('p'), { textContent: line }));
  document.querySelector('section')!.replaceChildren(...paragraphs);
}

if (parameters.get('voice') !== 'microphone') speakInTones(self.tone);
const { url, domain, passwords } = (await (await fetch('./server.json')).json()) as Server;
const panel = document.querySelector('ccai-agent-adapter')!;
const telephony = new SipTelephony({
  servers: [url],
  domain,
  user: self.number,
  credentials: { password: passwords[self.number]! },
  outboundNumbers: [{ number: self.number, label: self.name, languages: [], default: true }],
  languages: ['en'],
  // Mia is not a colleague, but her telephone knows the agents, so that it recognises an agent who takes over her call.
  agents: colleagues,
});
// In the demo every agent is available at once.
panel.addEventListener('ccai-ready', () => void telephony.setStatus('available').catch(() => undefined));
Object.assign(panel, { host, telephony });
showContacts(panel);
host.subscribe(showNewestTicket);
