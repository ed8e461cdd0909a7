import type { TabChannel } from './environment.js';

/** A channel for one topic on a shared channel. It delivers only messages of its topic. */
export const topicOf = (channel: TabChannel, topic: string): TabChannel => ({
  post: (message) => channel.post({ topic, message }),
  subscribe: (listener) =>
    channel.subscribe((envelope) => {
      const { topic: itsTopic, message } = envelope as { topic: string; message: unknown };
      if (itsTopic === topic) listener(message);
    }),
  // The owner of the shared channel closes it.
  close() {},
});
