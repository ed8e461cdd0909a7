import { runContract, type TestFunctions } from './contract-suite.js';
import { callCases } from './telephony-call-cases.js';
import { messageCases } from './telephony-message-cases.js';
import { chatCases } from './telephony-chat-cases.js';
import type { TelephonyContract } from './telephony-fixture.js';
import { inboundCases } from './telephony-inbound-cases.js';
import { inCallCases } from './telephony-in-call-cases.js';
import { connectionCases } from './telephony-connection-cases.js';
import { transferCases } from './telephony-transfer-cases.js';

/** Tests a `Telephony`. A case is skipped if it needs a capability or a lever that the platform does not have. */
export function telephonyContract(
  functions: TestFunctions,
  { name, create, capabilities, levers }: TelephonyContract,
): void {
  const has = new Set<string>([...capabilities, ...levers.map((lever) => `lever ${lever}`)]);
  runContract(
    functions,
    { name, has, create },
    {
      connection: connectionCases(capabilities),
      'outbound calls': callCases,
      'inbound calls': inboundCases,
      'in a call': inCallCases,
      transfers: transferCases,
      'chats and voicemails': chatCases,
      'messages of chats': messageCases,
    },
  );
}
