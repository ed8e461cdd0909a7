import { own } from '../domain/own.js';
import type { TelephonyErrorCode } from '../telephony/telephony-error.js';

/** What a final SIP response says of the other side, in the platform's own names. What is not listed: `voip_conn_general`. */
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

/** Responses with which a server does not take a call on at all: there is no session then. */
const refusalOf: Readonly<Record<number, TelephonyErrorCode>> = {
  401: 'not-available',
  402: 'restricted',
  403: 'restricted',
  407: 'not-available',
  503: 'not-available',
  606: 'not-available',
};

/** Nobody has heard of the call, or nobody has said so. */
const refusalOfCause: Readonly<Record<string, TelephonyErrorCode>> = {
  'Connection Error': 'offline',
  'Request Timeout': 'timeout',
};

/** Causes of JsSIP that come without a response. */
const failReasonOfCause: Readonly<Record<string, string>> = {
  'Connection Error': 'voip_conn_signal',
  'Request Timeout': 'voip_conn_timeout',
  'No ACK': 'voip_conn_signal',
  Canceled: 'ag_canceled',
  'User Denied Media Access': 'ag_mic_denied',
};

/** Why a call failed: `status` of a SIP response, else the cause that JsSIP names. */
export const failReason = (status: number | undefined, cause: string): string =>
  (status === undefined ? own(failReasonOfCause, cause) : failReasonOf[status]) ?? 'voip_conn_general';

/** With which error a call is refused before it is a session; undefined: it is one, and has failed. */
export const refusal = (status: number | undefined, cause: string): TelephonyErrorCode | undefined =>
  status === undefined ? own(refusalOfCause, cause) : refusalOf[status];
