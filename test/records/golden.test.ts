import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { SettingsInput } from '../../src/domain/settings.js';
import { mergeSettings } from '../../src/domain/settings-check.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { sampleData } from '../../src/memory/sample-data.js';
import { loadWords } from '../../src/records/words/words.js';
import { crmData } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';
import { commonSettings, courses, type Course } from './golden/courses.js';

/**
 * What a colleague reads on the tickets after a session, as the CRM shows it. `GOLDEN=write npm test -- records/golden`
 * writes the files anew: read every change as a stranger would.
 */
const folder = join(import.meta.dirname, 'golden');
const languages = { en: 'America/Los_Angeles', fr: 'Europe/Paris' } as const;

describe('the records of a session, as a colleague reads them', () => {
  for (const [language, timeZone] of Object.entries(languages))
    for (const [name, course] of Object.entries(courses))
      it(`R31 R32 R33 R34 S17 S19 ${language}: ${name}`, async () => {
        const path = join(folder, language, `${name.replaceAll(/[ ,]+/g, '-').toLowerCase()}.txt`);
        const text = await recordsOf(course, language, timeZone);
        if (process.env['GOLDEN'] === 'write') {
          mkdirSync(join(folder, language), { recursive: true });
          writeFileSync(path, text);
        }
        assert.ok(existsSync(path), `there is no ${path}`);
        assert.equal(text, readFileSync(path, 'utf8'));
      });
});

async function recordsOf(
  { settings, capabilities = allCapabilities, run }: Course,
  language: string,
  timeZone: string,
): Promise<string> {
  await loadWords(language);
  const merged = mergeSettings({ batching: { comments: false, updates: false } }, commonSettings, settings, {
    tickets: { language },
  }) as SettingsInput;
  const { fields } = sampleData(0);
  const tab = await TestTab.start({
    host: { data: { ...crmData, fields }, timeZone, settings: merged },
    // The CRM outlives the page, so that its store does too.
    wrap: (host) => Object.assign(host, { volatile: false }),
    telephony: { alone: true, profile: { capabilities } },
  });
  const before = new Map(tab.host.tickets().map(({ id }) => [id, tab.host.comments(id).length]));
  await run(tab);
  await tab.desktop.stop();
  const agents = new Map(tab.host.agents.map(({ id, name }) => [id, name]));
  const nameOf = (id: string | undefined) => (id === undefined ? 'nobody' : (agents.get(id) ?? id));
  const tickets = [...tab.host.tickets()].sort((a, b) => Number(a.id) - Number(b.id));
  return tickets
    .flatMap((ticket) => {
      const comments = tab.host.comments(ticket.id).slice(before.get(ticket.id) ?? 0);
      if (comments.length === 0) return [];
      const head = `#${ticket.id} ${ticket.subject} · ${ticket.status} · ${nameOf(ticket.assigneeId)}`;
      return [head, ...comments.map(({ authorId, body }) => `[${nameOf(authorId)}]\n${body}`)];
    })
    .map((part) => `${part}\n`)
    .join('\n');
}
