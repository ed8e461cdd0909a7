import type { Account } from './account.js';
import { inFlight, otherBody, Refusal, type Reply } from './replies.js';

export interface KeptAnswer {
  at: number;
  raw: string;
  reply: Reply;
  /** When the response was sent. */
  sentAt: number;
}

const kept = 2 * 3_600_000;
const lookup = (reply: Reply, found: 'hit' | 'miss'): Reply => ({
  ...reply,
  headers: { ...reply.headers, 'x-idempotency-lookup': found },
});

/** (D) Applies a request once for each key of the account in two hours, with an identical body; (C) 409 while it is in flight. */
export function once(
  account: Account,
  request: { key: string | undefined; raw: string; answerTakes: number },
  apply: () => Reply,
): Reply {
  const { key, raw } = request;
  if (!key) return apply();
  if (key.length > 255) throw new Refusal(otherBody);
  const now = account.clock.now();
  const known = account.answers.get(key);
  if (known && now < known.at + kept) {
    if (known.raw !== raw) throw new Refusal(otherBody);
    if (now < known.sentAt) throw new Refusal(inFlight);
    return lookup(known.reply, 'hit');
  }
  // (I) A refused request does not use up its key.
  const reply = apply();
  account.answers.set(key, { at: now, raw, reply: structuredClone(reply), sentAt: now + request.answerTakes });
  return lookup(reply, 'miss');
}
