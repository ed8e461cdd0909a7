// npm run zendesk: starts a local stand-in for Zendesk with the app installed.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, root } from '../support/installed.mjs';

ensureInstalled();
const main = fileURLToPath(new URL('run-stand-in.ts', import.meta.url));
const child = spawn(process.execPath, ['--import', 'tsx', main], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
child.once('exit', (code) => process.exit(code ?? 0));
