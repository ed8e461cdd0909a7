import type { TelephonyErrorCode } from '../telephony/telephony-error.js';
import type { Step } from './steps.js';

export type OutcomeName =
  | 'answered'
  | 'busy'
  | 'no-answer'
  | 'rejected'
  | 'wrong-number'
  | 'dropped'
  | 'never-answers'
  | 'restricted'
  | 'microphone-denied';

/** The outcome of a call: a name, a name with times and with the number of recording parts, or a list of steps. */
export type Outcome =
  | OutcomeName
  | { outcome: OutcomeName; ringSeconds?: number; talkSeconds?: number; recordingParts?: number }
  | readonly Step[];

interface Times {
  /** Milliseconds that the call rings. */
  ring: number;
  /** Milliseconds until the customer hangs up or the connection drops. Undefined: the call goes on. */
  talk?: number;
}

const startsRinging: Step = { after: 300, do: 'connecting' };

const fails =
  (by: 'customer' | 'platform', failReason: string) =>
  (times: Times): readonly Step[] => [startsRinging, { after: times.ring, do: 'end', by, failReason }];

/** The steps of an outbound call after `session.created`. The agent can end the call at any time. */
export const outboundScripts: Record<
  Exclude<OutcomeName, 'restricted' | 'microphone-denied'>,
  { ringSeconds: number; talkSeconds?: number; steps: (times: Times) => readonly Step[] }
> = {
  answered: {
    ringSeconds: 3,
    steps: ({ ring, talk }) => [
      startsRinging,
      { after: ring, do: 'connected' },
      ...(talk === undefined ? [] : ([{ after: talk, do: 'end', by: 'customer' }] as const)),
    ],
  },
  busy: { ringSeconds: 1, steps: fails('platform', 'eu_busy') },
  'no-answer': { ringSeconds: 30, steps: fails('platform', 'eu_no_answer') },
  rejected: { ringSeconds: 4, steps: fails('customer', 'eu_rejected') },
  'wrong-number': { ringSeconds: 1, steps: fails('platform', 'eu_wrong_number') },
  dropped: {
    ringSeconds: 3,
    talkSeconds: 20,
    steps: ({ ring, talk = 0 }) => [
      startsRinging,
      { after: ring, do: 'connected' },
      { after: talk, do: 'end', by: 'platform', failReason: 'voip_conn_general' },
    ],
  },
  'never-answers': { ringSeconds: 0, steps: () => [startsRinging] },
};

/** The outcomes with which `dial` rejects. They make no session. */
export const refusedDials: Partial<
  Record<OutcomeName, { code: TelephonyErrorCode; message: string; failReason?: string }>
> = {
  restricted: { code: 'restricted', message: 'The platform does not allow calls to this destination.' },
  'microphone-denied': {
    code: 'microphone-denied',
    message: 'The browser refuses the microphone.',
    failReason: 'ag_mic_denied',
  },
};

export function stepsOf(outcome: Outcome): readonly Step[] {
  if (typeof outcome === 'object' && !('outcome' in outcome)) return outcome;
  const {
    outcome: name,
    ringSeconds,
    talkSeconds,
  }: Exclude<Outcome, string | readonly Step[]> = typeof outcome === 'string' ? { outcome } : outcome;
  if (name === 'restricted' || name === 'microphone-denied') return [];
  const script = outboundScripts[name];
  const talk = talkSeconds ?? script.talkSeconds;
  return script.steps({
    ring: (ringSeconds ?? script.ringSeconds) * 1000,
    ...(talk !== undefined && { talk: talk * 1000 }),
  });
}

export function nameOf(outcome: Outcome): OutcomeName | undefined {
  if (typeof outcome === 'string') return outcome;
  return 'outcome' in outcome ? outcome.outcome : undefined;
}
