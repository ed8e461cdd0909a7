import { own } from '../domain/own.js';
import type { CommentSeed, TicketSeed } from './memory-data.js';

/** The comments by ticket. The author is the id of a user or of the contact. */
const threads: Readonly<Record<string, readonly [author: string, body: string, isPublic: boolean][]>> = {
  '4711': [
    ['2001', 'The charger of my Velora 2 clicks and the lamp stays red. I tried another socket.', true],
    ['101', 'Thank you, Mia. Is the plug warm after a minute? Please call me on the number below this mail.', true],
    ['101', 'Charger is from the recalled batch (week 14). Send a new one without asking for the old one.', false],
    ['2001', 'It gets very warm. I have unplugged it. Please call my mobile in the afternoon.', true],
  ],
  '4703': [
    ['2006', 'It started the day after the update. I ride up the same hill every morning.', true],
    ['103', 'Workshop: read out the log before resetting. Third case with this firmware; R&D know.', false],
    ['103', 'We have booked you in, see the date on this ticket. Until then, please ride in Eco.', true],
  ],
  '4706': [
    ['101', 'Call 70551 · English · Support › Returns · from +1 415 555 0132', false],
    ['101', 'Lever has play since the last service. Sent the drawing to Marcus; he fits it himself.', false],
  ],
  '4694': [['101', 'Voicemail 70602, 0:23: “It is Natalia, please call me back about the helmet before six.”', false]],
  '4708': [
    ['2004', 'Could we move to 45 days? I attach last year’s figures.', true],
    ['104', 'Credit limit is fine, Jonas agrees to 45 days. Do not promise the 3 % yet.', false],
  ],
  '4681': [
    ['2020', 'The box was open when it came, and the frame is scratched.', true],
    ['102', 'Ticket #4680 was merged into this one.', false],
    ['102', 'A new frame is on its way, and DHL pays.', true],
  ],
  '4680': [['102', 'This ticket was merged into #4681.', false]],
};

const minute = 60_000;

/** The comments on these tickets. A ticket without a thread gets one message of the customer, with its subject. */
export function sampleComments(tickets: readonly TicketSeed[]): readonly CommentSeed[] {
  return tickets.flatMap(({ id, contactId, subject = '', createdAt = '', updatedAt = '' }) => {
    const thread = own(threads, id) ?? [[contactId, `${subject}. Please help.`, true] as const];
    const start = Date.parse(createdAt);
    const step = Math.max(minute, (Date.parse(updatedAt) - start) / Math.max(1, thread.length - 1));
    return thread.map(([authorId, body, isPublic], index) => ({
      ticketId: id,
      authorId,
      body,
      public: isPublic,
      createdAt: new Date(start + index * step).toISOString(),
    }));
  });
}
