import { SipTelephony, type SipOptions } from '../../../src/sip/index.js';
import type { PlatformEvent } from '../../../src/telephony/platform-event.js';
import type { CallRules } from '../../../src/telephony/telephony.js';
import { Customer } from './customer.js';
import { askForMicrophone, audibleTones, liveConnections, tonesOfFile, toneMicrophone, unplug } from './page-tones.js';

const rules: CallRules = { record: true, autoAnswer: false, wrapUpSeconds: { inbound: 0, outbound: 0 }, maxChats: 3 };
const agentIdOf: Readonly<Record<string, string>> = { alex: '101', noemie: '102' };

/** The functions of a page that a test calls. */
export class SipPage {
  events: PlatformEvent[] = [];
  telephony!: SipTelephony;
  customer!: Customer;
  readonly audibleTones = audibleTones;
  readonly askForMicrophone = askForMicrophone;
  readonly unplug = unplug;
  readonly liveConnections = liveConnections;

  microphone(hz: number | undefined): void {
    toneMicrophone(hz);
  }

  /** Signs an agent in with SipTelephony, and sets the status. */
  async agent(options: SipOptions, change: Partial<CallRules> = {}, status = 'available') {
    this.telephony = new SipTelephony(options);
    this.telephony.subscribe((event) => this.events.push(event));
    const name = { id: agentIdOf[options.user] ?? options.user, name: options.user, teams: [] };
    const profile = await this.telephony.connect(name, { ...rules, ...change });
    if (profile.status !== 'in-call') await this.telephony.setStatus(status);
    return profile;
  }

  async stranger(server: string, domain: string, user: string, password: string): Promise<void> {
    this.customer = new Customer(server, domain, user, password);
    await this.customer.signIn();
  }

  /** The types of a session's events, or of all events. */
  types(sessionId?: string): string[] {
    return this.events
      .filter((event) => sessionId === undefined || ('sessionId' in event && event.sessionId === sessionId))
      .map(({ type }) => type);
  }

  last(type: PlatformEvent['type']): PlatformEvent | undefined {
    return this.events.findLast((event) => event.type === type);
  }

  /** The readable text in all the stores of the page, and the number of sealed rows. */
  async kept(): Promise<{ text: string; rows: number }> {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await done(indexedDB.open('ccai-sip'));
    const rows = await done<{ value: { data: Uint8Array } }[]>(
      database.transaction('rows').objectStore('rows').getAll(),
    );
    database.close();
    const sealed = rows.map(({ value }) => new TextDecoder().decode(value.data));
    return { text: JSON.stringify([rows, sealed, { ...localStorage, ...sessionStorage }]), rows: rows.length };
  }

  async recordedTones(wanted: readonly number[]): Promise<{ tones: number[][]; seconds: number } | undefined> {
    const event = this.last('recording.ready');
    if (event?.type !== 'recording.ready' || !event.recording.file) return undefined;
    return { tones: await tonesOfFile(event.recording.file, wanted), seconds: event.recording.durationSeconds };
  }
}

declare global {
  var sip: SipPage;
}
globalThis.sip = new SipPage();
