// Compiled but never run: the types that a page's TypeScript sees. A line marked as an error must be one.
import 'ccai-agent-adapter';
import type { AgentDesktop, CcaiAgentAdapter, CrmHost, DialRequest, Session, Telephony } from 'ccai-agent-adapter';
import { createDesktop } from 'ccai-agent-adapter/core';
import { CcaiAgentAdapter as Element } from 'ccai-agent-adapter/element';
import { MemoryHost } from 'ccai-agent-adapter/memory';
import { SimulatedTelephony } from 'ccai-agent-adapter/simulator';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is =
  <A>() =>
  <B>(_value: B, ..._: Same<A, B> extends true ? [] : ['these types differ']): void => {};

const panel = document.querySelector('ccai-agent-adapter')!;
is<CcaiAgentAdapter>()(panel);
is<CrmHost | undefined>()(panel.host);
is<Telephony | undefined>()(panel.telephony);
is<AgentDesktop | undefined>()(panel.desktop);
panel.settings = { outbound: { allowNewTicket: true }, calls: { wrapUpSeconds: { inbound: 10 } } };
// @ts-expect-error A setting that does not exist.
panel.settings = { outbound: { allowNothing: true } };
// @ts-expect-error Not a host.
panel.host = { name: 'Nothing' };
panel.dial({ from: 'contact', contactId: '1', number: '+14155550132' });
// @ts-expect-error A contact without its number.
panel.dial({ from: 'contact', contactId: '1' });

panel.addEventListener('ccai-dial', (event) => is<DialRequest>()(event.detail.request));
panel.addEventListener('ccai-session-change', ({ detail }) => is<Session>()(detail.session));
panel.addEventListener('ccai-records-change', ({ detail }) => is<number>()(detail.waiting));
panel.addEventListener('ccai-minimize', ({ detail }) => is<boolean>()(detail.minimized));
panel.addEventListener('ccai-screen-pop', (event) => {
  is<string>()(event.detail.ticketId);
  event.preventDefault();
});
panel.addEventListener('ccai-error', ({ detail }) => is<string>()(detail.message));
// @ts-expect-error No such detail.
panel.addEventListener('ccai-ready', ({ detail }) => detail.nothing.here);
document.querySelector('div')!.addEventListener('ccai-dial', ({ detail }) => detail.request.from);

const form = document.createElement('ccai-adapter-settings');
form.addEventListener('ccai-settings-change', ({ detail }) => is<boolean>()(detail.settings.calls.recording));

const desktop = createDesktop({ host: new MemoryHost(), telephony: new SimulatedTelephony() });
is<AgentDesktop>()(desktop);
new Element().desktop = desktop;
