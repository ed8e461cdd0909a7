import type { TabChannel } from './environment.js';

/** One line for several conversations: of what is said on it, only its own topic is heard. */
export const topicOf = (channel: TabChannel, topic: string): TabChannel => ({
  post: (message) => channel.post({ topic, message }),
  subscribe: (listener) =>
    channel.subscribe((envelope) => {
      const { topic: itsTopic, message } = envelope as { topic: string; message: unknown };
      if (itsTopic === topic) listener(message);
    }),
  // The line is let go of by whoever opened it.
  close() {},
});
