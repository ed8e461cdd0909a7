import { LeaderElection } from '../../src/desktop/tabs/leader-election.js';
import { topicOf } from '../../src/environment/channel-topic.js';
import type { Environment, SealedStore, Tabs } from '../../src/environment/environment.js';
import { SharedOutbox, type SharedOutboxOptions } from '../../src/outbox/shared-outbox.js';

type Parts = Tabs &
  SealedStore &
  Pick<SharedOutboxOptions, 'host' | 'batching'> &
  Partial<Pick<SharedOutboxOptions, 'showTicket'>> & { environment: Pick<Environment, 'clock' | 'timers' | 'random'> };

/** The outbox of one tab. It sends while its tab leads, as in the desktop. */
export function outboxTab({ locks, channel, store, crypto, environment, showTicket, ...options }: Parts) {
  const outbox = new SharedOutbox({
    ...options,
    environment,
    storage: { store, crypto },
    channel: topicOf(channel, 'outbox'),
    showTicket: showTicket ?? (async () => {}),
    takeLead: () => void leadership.take(),
    // A tab gets time to notice that its lock was taken away.
    deposed: () => leadLater(),
  });
  const leadLater = () => void environment.timers.setTimeout(() => leadership.leads && lead(), 1000);
  const lead = () => void outbox.lead().catch(leadLater);
  const leadership: LeaderElection = new LeaderElection({
    ...{ locks, environment },
    channel: topicOf(channel, 'leader'),
    gained: lead,
    lost: () => outbox.follow(),
    mayYield: () => true,
    yielding: async () => outbox.follow(),
  });
  return {
    outbox,
    leadership,
    stop() {
      outbox.stop();
      leadership.stop();
      channel.close();
    },
  };
}
