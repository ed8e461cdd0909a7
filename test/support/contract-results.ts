import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { CaseResult } from './contract-cases.js';

/** Reports each case that ran in a page as a separate test. */
export async function reportResults(test: TestContext, results: readonly CaseResult[]): Promise<void> {
  for (const { title, outcome, detail } of results)
    await test.test(title, () => assert.equal(outcome, 'passed', detail));
}
