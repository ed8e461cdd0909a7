// A page with the panel, the embedded CRM and SipTelephony, or with a customer's telephone.
import '../../../src/define.js';
import { MemoryHost } from '../../../src/memory/index.js';
import { SipTelephony, type SipOptions } from '../../../src/sip/index.js';
import { SipPage } from './page.js';

const createdAt = '2026-03-02T09:00:00Z';

class PanelPage extends SipPage {
  host!: MemoryHost;

  panel(options: SipOptions, customerNumber: string): void {
    this.host = new MemoryHost({
      name: 'Testdesk',
      data: {
        contacts: [{ id: '2001', name: 'Mia Chen', phoneNumbers: [customerNumber], createdAt }],
        tickets: [
          {
            ...{ id: '4711', subject: 'Router restarts', status: 'open', contactId: '2001', fields: {} },
            ...{ createdAt, updatedAt: createdAt },
          },
        ],
      },
      settings: {
        batching: { comments: false, updates: false },
        calls: { wrapUpSeconds: { inbound: 0, outbound: 0 } },
      },
    });
    this.telephony = new SipTelephony(options);
    this.telephony.subscribe((event) => this.events.push(event));
    const panel = document.createElement('ccai-agent-adapter');
    Object.assign(panel, { host: this.host, telephony: this.telephony, locale: 'en' });
    document.body.append(panel);
  }

  /** The media types of the recordings on a ticket. */
  recordings(ticketId: string): string[] {
    return this.host.comments(ticketId).flatMap(({ recording }) => recording?.file?.type ?? []);
  }

  comments(ticketId: string): string[] {
    return this.host.comments(ticketId).map(({ body }) => body);
  }
}

declare global {
  var panelPage: PanelPage;
}
globalThis.sip = globalThis.panelPage = new PanelPage();
