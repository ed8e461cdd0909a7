import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { watchProgress } from '../support/run/progress.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The output of `npm test`, and its exit code. */
function npmTest(args: readonly string[], env: Record<string, string>): Promise<{ printed: string; code: number }> {
  const { NODE_TEST_CONTEXT: _, TOTALS_FILE: _t, ...inherited } = process.env;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['test/support/run.mjs', ...args], {
      cwd: root,
      env: { ...inherited, ...env },
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (printed += text));
    child.on('close', (code) => resolve({ printed, code: code ?? 1 }));
  });
}

const files = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true })
    .map((file) => `${folder}/${String(file).replaceAll('\\', '/')}`)
    .filter((file) => /\.[cm]?[jt]s$/.test(file) && !file.includes('node_modules'));

describe('npm test on a machine that lacks a program', () => {
  const some = ['sip/transfers', 'tools/version'];

  it('Q11 says so at the top with the command to install it, skips and names the tests that need it, and runs the rest', async () => {
    const { printed, code } = await npmTest(some, { TEST_WITHOUT: 'kamailio' });
    const lines = printed.split('\n');
    assert.match(lines[0]!, /^MISSING kamailio: /);
    assert.match(lines[1]!, /Install it by: apt-get install kamailio kamailio-websocket-modules/);
    assert.ok(lines.includes('SKIPPED test/sip/transfers.test.ts, which needs kamailio'), printed);
    assert.ok(
      lines.some((line) => line.startsWith('  A4 ')),
      printed,
    );
    assert.match(lines.at(-2)!, /^[1-9]\d* passed, 0 failed, [1-9]\d* skipped$/);
    assert.equal(code, 0);
  });

  it('Q11 counts a skipped test as failed when every test must run', async () => {
    const { printed, code } = await npmTest([...some, '--all'], { TEST_WITHOUT: 'kamailio' });
    assert.match(printed.trimEnd().split('\n').at(-1)!, /^[1-9]\d* passed, [1-9]\d* failed$/);
    assert.equal(code, 1);
  });

  it('Q11 only the set-up installs programs', () => {
    const installing = [...files('test'), ...files('demo'), ...files('bench')].filter((file) =>
      /\binstallPackages\(|'apt-get'/.test(readFileSync(join(root, file), 'utf8')),
    );
    assert.deepEqual(installing.sort(), [
      'test/support/run/debian.mjs',
      'test/support/run/needs.mjs',
      'test/tools/set-up.test.ts',
    ]);
  });
});

describe('the watchdog of a test run', () => {
  it('Q11 ends a run without progress', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ccai-silence-'));
    await new Promise<void>((resolve) => watchProgress(join(folder, 'progress'), 10, resolve));
    rmSync(folder, { recursive: true });
  });
});
