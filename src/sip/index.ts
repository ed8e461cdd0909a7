export type { SipAgent, SipCredentials, SipHeaders, SipOptions, SipQueue, SipStorage } from './options.js';
export { SipTelephony } from './sip-telephony.js';
