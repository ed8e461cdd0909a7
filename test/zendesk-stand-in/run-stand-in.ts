import { freePort, startWithApp } from './installed-app.js';

const port = await freePort(Number(process.env.PORT) || 8100);
const standIn = await startWithApp({ port, drivenPlatform: true });
console.log(`The Zendesk stand-in is at ${standIn.url}/agent (Ctrl+C ends it)`);
console.log(
  'Calls are simulated. The button “Stand-in” at the left raises events of the platform and switches faults on.',
);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void standIn.close().finally(() => process.exit(0)));
