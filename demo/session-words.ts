import type { ActiveSession } from '../src/telephony/telephony.js';

const channelWords: Readonly<Record<ActiveSession['channel'], string>> = {
  'ivr-call': 'Call',
  'mobile-call': 'Call from the app',
  'web-call': 'Call from the website',
  'outbound-call': 'Outbound call',
  'internal-call': 'Internal call',
  'mobile-chat': 'Chat in the app',
  'web-chat': 'Chat on the website',
};
const phaseWords: Readonly<Record<ActiveSession['phase'], string>> = {
  offered: 'waiting',
  assigned: 'answered',
  connecting: 'connecting',
  connected: 'connected',
  'wrap-up': 'in wrap-up',
  ended: 'ended',
};

/** The newest sessions; open ones before closed ones. */
export function recentSessions(sessions: readonly ActiveSession[]): readonly ActiveSession[] {
  const newest = [...sessions].reverse();
  const isOver = ({ phase }: ActiveSession): boolean => phase === 'ended';
  return [...newest.filter((one) => !isOver(one)), ...newest.filter(isOver)].slice(0, 10);
}

export function sessionWords({
  channel,
  phase,
  customer,
  customerNumber,
  anonymous,
  voicemail,
}: ActiveSession): string {
  const name = anonymous ? 'anonymous' : (customer?.name ?? customerNumber ?? 'unknown');
  return `${voicemail ? 'Voicemail' : channelWords[channel]}, ${name}, ${voicemail ? 'received' : phaseWords[phase]}`;
}
