// The ticket sidebar, for calls in accounts without the voice plan. It also tells the panel which ticket is open.
import type { Contact } from '../../domain/contact.js';
import { loadPhoneNumbers, loadedPhoneNumbers } from '../../domain/phone-loader.js';
import { appMessages } from '../app-messages.js';
import { DialRelay } from '../dial-relay.js';
import type { Framework } from '../framework.js';
import { frameworkTransport } from '../framework-transport.js';
import { ZendeskRecords } from '../zendesk-records.js';
import {
  button,
  element,
  message,
  openPage,
  place,
  reasonOf,
  runPage,
  wordsFor,
  type CurrentUser,
  type Words,
} from './page.js';

/** Milliseconds for which the result of a click is shown. */
const shownFor = 4000;

interface OpenTicket {
  id: number | string;
  requester?: { id?: number | string };
}

void runPage(async () => {
  const framework = await openPage();
  const { instanceGuid } = await framework.context();
  const [user, ticket] = await Promise.all([
    framework.get<CurrentUser>('currentUser'),
    framework.get<OpenTicket>('ticket'),
  ]);
  const words = wordsFor(user.locale);
  document.documentElement.lang = user.locale ?? 'en';
  reportContext(framework, ticket);
  const requesterId = ticket.requester?.id;
  const records = new ZendeskRecords(frameworkTransport(framework), { requestsPerMinute: 100 });
  const relay = new DialRelay(framework, instanceGuid);
  const show = async (): Promise<void> => {
    document.body.replaceChildren(place(words.sidebar.loading, 'status'));
    try {
      const [contact] = await Promise.all([
        requesterId === undefined ? undefined : records.getContact(String(requesterId)),
        // Without the rules, the numbers are shown as they are stored.
        loadPhoneNumbers().catch(() => undefined),
      ]);
      document.body.replaceChildren(callList(words, relay, String(ticket.id), contact));
    } catch (error) {
      const container = place('', '');
      container.append(
        message(words.sidebar.failed, reasonOf(error, words)),
        button(words.page.retry, () => void show()),
      );
      document.body.replaceChildren(container);
    }
  };
  await show();
  // Zendesk gives the frame the height of its content.
  new ResizeObserver(() => {
    const height = `${Math.ceil(document.body.getBoundingClientRect().height)}px`;
    framework.invoke('resize', [{ width: '100%', height }]).catch(() => undefined);
  }).observe(document.body);
});

/** Makes a button for each number of the requester, and a button for another number. */
function callList(words: Words, relay: DialRelay, ticketId: string, contact: Contact | undefined): HTMLElement {
  const { sidebar } = words;
  const list = element('section', '');
  list.className = 'numbers';
  const result = element('p', '');
  result.setAttribute('role', 'status');
  const hint = contact ? { contactId: contact.id } : {};
  const dial = (request: Parameters<DialRelay['dial']>[0]) => () =>
    void relay.dial(request, { voice: false }).then((taken) => {
      result.textContent = taken ? sidebar.sent : sidebar.notSent;
      if (taken) setTimeout(() => (result.textContent = ''), shownFor);
    });
  list.append(element('h1', contact?.name ?? sidebar.title));
  for (const number of contact?.phoneNumbers ?? [])
    list.append(
      button(
        sidebar.call.replace('{number}', shownNumber(number)),
        dial({ from: 'ticket', ticketId, number, ...hint }),
      ),
    );
  if (contact && contact.phoneNumbers.length === 0)
    list.append(element('p', sidebar.noNumber.replace('{name}', contact.name)));
  const other = button(sidebar.newNumber, dial({ from: 'ticket-new-number', ticketId, ...hint }));
  other.className = 'other';
  list.append(other, result);
  return list;
}

const shownNumber = (number: string): string => loadedPhoneNumbers()?.formatPhoneNumber(number) ?? number;

/** Tells the panel whether this ticket is the one that the agent sees. */
function reportContext(framework: Framework, { id, requester }: OpenTicket): void {
  let isShown = true;
  const send = async () => {
    const context = isShown
      ? { ticketId: String(id), ...(requester?.id !== undefined && { contactId: String(requester.id) }) }
      : {};
    for (const { guid, location } of await framework.instances())
      if (location === 'top_bar') framework.send(guid, appMessages.context, context);
  };
  const setShown = (shown: boolean) => () => {
    isShown = shown;
    void send().catch(() => undefined);
  };
  framework.on('app.activated', setShown(true));
  framework.on('app.deactivated', setShown(false));
  // A panel that starts later announces itself and gets the context.
  framework.on(appMessages.ready, () => {
    if (isShown) void send().catch(() => undefined);
  });
  setShown(true)();
}
