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

/** What a call comes to: by name, by name with its own times in seconds and recording in parts, or step by step. */
export type Outcome =
  | OutcomeName
  | { outcome: OutcomeName; ringSeconds?: number; talkSeconds?: number; recordingParts?: number }
  | readonly Step[];

interface Tempo {
  ring: number;
  /** Until the customer hangs up, or the line drops; without it nobody does. */
  talk?: number;
}

const ring: Step = { after: 300, do: 'connecting' };

const fails =
  (by: 'customer' | 'platform', failReason: string) =>
  (tempo: Tempo): readonly Step[] => [ring, { after: tempo.ring, do: 'end', by, failReason }];

/** What happens to an outbound call, from `session.created` on. The agent's end is always possible. */
export const outboundScripts: Record<
  Exclude<OutcomeName, 'restricted' | 'microphone-denied'>,
  { ringSeconds: number; talkSeconds?: number; steps: (tempo: Tempo) => readonly Step[] }
> = {
  answered: {
    ringSeconds: 3,
    steps: ({ ring: wait, talk }) => [
      ring,
      { after: wait, do: 'connected' },
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
    steps: ({ ring: wait, talk = 0 }) => [
      ring,
      { after: wait, do: 'connected' },
      { after: talk, do: 'end', by: 'platform', failReason: 'voip_conn_general' },
    ],
  },
  'never-answers': { ringSeconds: 0, steps: () => [ring] },
};

/** What `dial` is refused with; there is no session then. */
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

/** The steps of an outcome. */
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

/** The name of an outcome, where it has one. */
export function nameOf(outcome: Outcome): OutcomeName | undefined {
  if (typeof outcome === 'string') return outcome;
  return 'outcome' in outcome ? outcome.outcome : undefined;
}
