// Starts Kamailio, a SIP server, on this machine only.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { find } from '../run/needs.mjs';

const host = '127.0.0.1';
const here = dirname(fileURLToPath(import.meta.url));
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('connect', () => socket.destroy(void resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

async function until(holds, what) {
  for (let tries = 0; tries < 400; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(what);
}

/** The password of a user of the server. */
export const passwordOf = (user) => `secret of ${user}`;

/** Starts a SIP server on the loopback. It accepts every user with `passwordOf`, and refuses calls to numbers with +1900. */
export async function startKamailio() {
  const path = find('kamailio');
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'ccai-sip-'));
  const file = join(folder, 'kamailio.cfg');
  writeFileSync(file, readFileSync(join(here, 'kamailio.cfg'), 'utf8').replaceAll('PORT', String(port)));
  let child;
  let said = '';

  async function start() {
    const args = ['-DD', '-E', '-f', file, '-Y', folder, '-m', '16', '-M', '4', '-w', folder];
    // The process group ends with its workers. It also ends with this process, even after a crash: then its stdin closes.
    child = spawn('sh', ['-c', '("$0" "$@"; kill -9 0) & cat >/dev/null; kill -9 0', path, ...args], {
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    child.stderr.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-4000)));
    const own = child;
    await until(async () => {
      if (own.exitCode !== null || own.signalCode !== null) throw new Error(`kamailio ended: ${said}`);
      return answers(port);
    }, 'kamailio did not start');
  }

  async function kill() {
    const own = child;
    if (!own || own.exitCode !== null || own.signalCode !== null) return;
    const gone = new Promise((resolve) => own.once('exit', resolve));
    process.kill(-own.pid, 'SIGKILL');
    await gone;
    await until(async () => !(await answers(port)), 'kamailio did not end');
  }

  const clear = () => {
    if (child?.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', clear);
  await start();
  return {
    url: `ws://${host}:${port}`,
    port,
    domain: host,
    /** Kills the server, like a crash. */
    kill,
    start,
    log: () => said,
    async close() {
      await kill();
      process.off('exit', clear);
      clear();
    },
  };
}
