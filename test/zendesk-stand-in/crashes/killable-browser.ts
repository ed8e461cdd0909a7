import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { chromiumArgs, chromiumPath } from '../../support/chromium.mjs';
import { until } from '../agent-browser.js';

/**
 * A Chromium with its own profile on disk that can be killed and started again. It is started by hand, because
 * Playwright's default arguments switch storage partitioning and the throttling of timers off. Third-party storage is refused
 * only on request.
 */
export class KillableBrowser {
  readonly #profile = mkdtempSync(join(tmpdir(), 'ccai-profile-'));
  #process: ChildProcess | undefined;
  #browser: Browser | undefined;

  async start(): Promise<BrowserContext> {
    const portFile = join(this.#profile, 'DevToolsActivePort');
    rmSync(portFile, { force: true });
    this.#process = spawn(
      chromiumPath(),
      [
        ...chromiumArgs,
        '--headless=new',
        '--remote-debugging-port=0',
        '--no-default-browser-check',
        '--window-size=1280,800',
        `--user-data-dir=${this.#profile}`,
        'about:blank',
      ],
      { stdio: 'ignore', detached: true },
    );
    const [port] = await until(async () => {
      const lines = readFileSync(portFile, 'utf8').split('\n');
      if (lines.length < 2) throw new Error('Chromium is not there yet');
      return lines;
    }, 20_000);
    this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const [context] = this.#browser.contexts();
    context!.setDefaultTimeout(50_000);
    return context!;
  }

  /** Kills the browser with all its processes (SIGKILL). */
  async kill(): Promise<void> {
    const { pid } = this.#process!;
    const gone = new Promise((resolve) => this.#process!.once('exit', resolve));
    process.kill(-pid!, 'SIGKILL');
    await gone;
    await this.#browser?.close().catch(() => undefined);
  }

  /** Kills every renderer (SIGKILL): all tabs crash, and the browser goes on. Returns their number. */
  async killRenderers(): Promise<number> {
    const session = await this.#browser!.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer');
    for (const { id } of renderers)
      try {
        process.kill(id, 'SIGKILL');
      } catch {
        // The process has ended by itself.
      }
    await session.detach();
    return renderers.length;
  }

  async close(): Promise<void> {
    await this.kill().catch(() => undefined);
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
