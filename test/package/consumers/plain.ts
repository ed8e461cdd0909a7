import 'ccai-agent-adapter';
import { host, telephony } from './ports.js';

const app = document.querySelector('#app')!;
const panel = document.createElement('ccai-agent-adapter');
panel.host = host;
panel.telephony = telephony;
panel.locale = 'en';
const output = document.createElement('output');
output.id = 'output';
panel.addEventListener('ccai-ready', () => output.append('ready '));
panel.addEventListener('ccai-dial', ({ detail }) => output.append(`dial:${detail.request.from} `));
const button = (label: string, press: () => void) =>
  Object.assign(document.createElement('button'), { textContent: label, onclick: press });
app.append(
  panel,
  output,
  button('Do not record', () => (panel.settings = { calls: { recording: false } })),
  button('Unmount', () => panel.remove()),
);
