import type { CrmHost } from '../crm/crm-host.js';
import type { Agent } from '../domain/agent.js';
import type { Environment, SealedStore, TabChannel } from '../domain/environment.js';
import type { Settings } from '../domain/settings.js';
import type { LineCommand, LineState, Placed } from '../machine/line-state.js';
import { SharedOutbox } from '../outbox/shared-outbox.js';
import type { PlatformEvent } from '../telephony/platform-event.js';
import type { Telephony, TelephonyProfile } from '../telephony/telephony.js';
import { LeadingLine } from './leading-line.js';
import { showIndicator } from './panel-indicator.js';
import type { Recall } from './keeper-facts.js';
import type { Report } from './keeper-problem.js';
import { recordsOnTheirWay, type RecordsView } from './records-view.js';
import { topicOf } from './tab-channel.js';

/** What a person does about what is on its way; without a key it is meant for all of it. */
export type RecordsCommand =
  { type: 'retryRecords'; key?: string } | { type: 'discardRecord'; key: string } | { type: 'signIn' };

export interface LineOfficeOptions {
  host: CrmHost;
  telephony: Telephony;
  environment: Environment;
  storage: SealedStore;
  channel: TabChannel;
  agent: Agent;
  settings: () => Settings;
  recall: Recall;
  showTicket: (id: string, sessionId: string | undefined) => Promise<void>;
  /** What the line has become; in the tab that leads only. */
  changed: (state: LineState) => void;
  /** Every event of the platform, once, in the tab that leads. */
  heard: (event: PlatformEvent) => void;
  report: Report;
  feed: Parameters<typeof showIndicator>[1];
  deposed: () => void;
}

/**
 * What is not needed before the first paint: in every tab the outbox and the icon's state; in the one that leads also the
 * sessions' statecharts, the keeper, and the watch over calls whose events never come.
 */
export class LineOffice {
  readonly outbox: SharedOutbox;
  readonly #options: LineOfficeOptions;
  readonly #letIndicatorGo: () => void;
  #line: LeadingLine | undefined;

  constructor(options: LineOfficeOptions) {
    const { host, environment, storage, channel, settings, showTicket, feed, deposed } = options;
    this.#options = options;
    this.outbox = new SharedOutbox({
      ...{ host, environment, storage, deposed },
      channel: topicOf(channel, 'outbox'),
      batching: () => settings().batching,
      showTicket: (id) => showTicket(id, this.#line?.state.sessionId),
    });
    this.#letIndicatorGo = showIndicator(host.panel, feed);
  }

  get records(): RecordsView {
    const { outbox } = this;
    const durable = outbox.durable || this.#options.host.volatile === true;
    return { records: recordsOnTheirWay(outbox.entries), durable };
  }

  /** This tab has signed in to the platform. */
  lead(profile: TelephonyProfile, state: LineState): void {
    this.#line?.stop();
    this.#line = new LeadingLine({ ...this.#options, outbox: this.outbox, profile, state });
  }

  /** Another tab has the line. */
  follow(): void {
    this.#line?.stop();
    this.#line = undefined;
    this.outbox.follow();
  }

  placed(call: Placed): void {
    this.#line?.send({ type: 'placed', ...call });
    this.#line?.watch(call.sessionId, call.plan.key);
  }

  async carryOut(command: LineCommand): Promise<void> {
    await this.#line?.carryOut(command);
  }

  command(command: RecordsCommand): void {
    if (command.type === 'retryRecords') {
      this.outbox.retry(command.key);
      this.#line?.retry();
    } else if (command.type === 'discardRecord') void this.outbox.discard(command.key);
    else
      this.#options.host.signIn?.().then(
        () => this.outbox.retry(),
        () => undefined,
      );
  }

  stop(): void {
    const { outbox } = this;
    this.#letIndicatorGo();
    this.#line?.stop();
    // What waits for its window does not wait for a page that is gone.
    if (outbox.leads) void outbox.flush().finally(() => outbox.stop());
    else outbox.stop();
  }
}
