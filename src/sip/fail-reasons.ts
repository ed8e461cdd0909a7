import { own } from '../domain/own.js';
import type { TelephonyErrorCode } from '../telephony/telephony-error.js';

/** The platform's fail reason by the status of the final SIP response. Other statuses: `voip_conn_general`. */
const failReasonOf: Readonly<Record<number, string>> = {
  404: 'eu_wrong_number',
  408: 'eu_no_answer',
  410: 'eu_wrong_number',
  416: 'eu_wrong_number',
  480: 'eu_no_answer',
  484: 'eu_wrong_number',
  485: 'eu_wrong_number',
  486: 'eu_busy',
  487: 'eu_no_answer',
  600: 'eu_busy',
  603: 'eu_rejected',
  604: 'eu_wrong_number',
  607: 'eu_rejected',
  608: 'eu_rejected',
};

/** The error code with which `dial` rejects, by the status of the SIP response. There is then no session. */
const refusalOf: Readonly<Record<number, TelephonyErrorCode>> = {
  401: 'not-available',
  402: 'restricted',
  403: 'restricted',
  407: 'not-available',
  503: 'not-available',
  606: 'not-available',
};

/** The error code with which `dial` rejects without a SIP response, by JsSIP's cause. There is then no session. */
const refusalOfCause: Readonly<Record<string, TelephonyErrorCode>> = {
  'Connection Error': 'offline',
  'Request Timeout': 'timeout',
};

/** The platform's fail reason without a SIP response, by JsSIP's cause. */
const failReasonOfCause: Readonly<Record<string, string>> = {
  'Connection Error': 'voip_conn_signal',
  'Request Timeout': 'voip_conn_timeout',
  'No ACK': 'voip_conn_signal',
  Canceled: 'ag_canceled',
  'User Denied Media Access': 'ag_mic_denied',
};

/** The fail reason of a call: by the status of the SIP response, or without a response by JsSIP's cause. */
export const failReason = (status: number | undefined, cause: string): string =>
  (status === undefined ? own(failReasonOfCause, cause) : failReasonOf[status]) ?? 'voip_conn_general';

/** The error code with which `dial` rejects. Undefined for a call that becomes a session with a fail reason. */
export const refusal = (status: number | undefined, cause: string): TelephonyErrorCode | undefined =>
  status === undefined ? own(refusalOfCause, cause) : refusalOf[status];
