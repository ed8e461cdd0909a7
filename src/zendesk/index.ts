export { connectZendesk, type ConnectZendeskOptions } from './connect-zendesk.js';
export { fetchTransport, type FetchTransportOptions } from './fetch-transport.js';
export { TransportFailure, type ZendeskRequest, type ZendeskResponse, type ZendeskTransport } from './transport.js';
export { ZendeskHost } from './zendesk-host.js';
export { ZendeskRecords, type ZendeskRecordsOptions } from './zendesk-records.js';
