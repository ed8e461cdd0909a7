import { freePort, startWithApp } from './installed-app.js';

const port = await freePort(Number(process.env.PORT) || 8100);
const standIn = await startWithApp({ port, drivenPlatform: true });
console.log(`Zendesk's stand-in is at ${standIn.url}/agent (Ctrl+C ends it)`);
console.log(
  'Calls are simulated. What the platform tells and what hurts in real life is behind “Stand-in” at the left.',
);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void standIn.close().finally(() => process.exit(0)));
