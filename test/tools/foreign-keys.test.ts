import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { foreignKeys, programOf } from '../support/check-keys.mjs';

/** The number of findings in a file. */
function found(text: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'ccai-keys-'));
  try {
    writeFileSync(
      join(folder, 'tsconfig.json'),
      '{ "compilerOptions": { "target": "es2022", "strict": true }, "files": ["a.ts"] }',
    );
    writeFileSync(
      join(folder, 'a.ts'),
      `declare const id: string, calls: Record<string, number>, words: Record<'a' | 'b', number>;\n${text}`,
    );
    return foreignKeys(programOf(folder), (file) => file.endsWith('/a.ts')).length;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the check of keys', () => {
  const wrong = ['calls[id];', 'calls[id] = 1;', 'id in calls;', 'calls?.[id]?.toFixed();'];
  for (const text of wrong) it(`Q8 finds text from outside as a key: ${text}`, () => assert.equal(found(text), 1));

  const right = [
    "calls['a'];",
    "declare const word: 'a' | 'b'; words[word];",
    'Object.hasOwn(calls, id);',
    'delete calls[id];',
    'new Map<string, number>().get(id);',
    "'a' in calls;",
    '[1, 2][0];',
  ];
  for (const text of right) it(`Q8 leaves what cannot be mistaken: ${text}`, () => assert.equal(found(text), 0));
});
