import { own } from '../domain/own.js';
import type { TelephonyErrorCode } from '../telephony/telephony-error.js';

/** The platform's fail reason for a final SIP response. Other responses: `voip_conn_general`. */
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

/** Error codes for responses with which a server refuses a call, so that there is no session. */
const refusalOf: Readonly<Record<number, TelephonyErrorCode>> = {
  401: 'not-available',
  402: 'restricted',
  403: 'restricted',
  407: 'not-available',
  503: 'not-available',
  606: 'not-available',
};

/**
 * Error codes for causes of JsSIP without a response: the call did not reach the server, or the server did not answer.
 */
const refusalOfCause: Readonly<Record<string, TelephonyErrorCode>> = {
  'Connection Error': 'offline',
  'Request Timeout': 'timeout',
};

/** Fail reasons for causes of JsSIP without a response. */
const failReasonOfCause: Readonly<Record<string, string>> = {
  'Connection Error': 'voip_conn_signal',
  'Request Timeout': 'voip_conn_timeout',
  'No ACK': 'voip_conn_signal',
  Canceled: 'ag_canceled',
  'User Denied Media Access': 'ag_mic_denied',
};

/** The fail reason of a call, by the status of the SIP response, or without one by JsSIP's cause. */
export const failReason = (status: number | undefined, cause: string): string =>
  (status === undefined ? own(failReasonOfCause, cause) : failReasonOf[status]) ?? 'voip_conn_general';

/** The error code of a call that was refused before it was a session; undefined if it was a session that failed. */
export const refusal = (status: number | undefined, cause: string): TelephonyErrorCode | undefined =>
  status === undefined ? own(refusalOfCause, cause) : refusalOf[status];
