import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { CaseResult } from './contract-cases.js';

/** Each case of a contract suite that ran in a page, as a test of its own here. */
export async function tellResults(test: TestContext, results: readonly CaseResult[]): Promise<void> {
  for (const { title, outcome, said } of results) await test.test(title, () => assert.equal(outcome, 'passed', said));
}
