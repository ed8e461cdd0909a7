import assert from 'node:assert/strict';
import { after, afterEach } from 'node:test';
import type { StandIn } from './control.js';
import { speed, undocumented } from './records-client.js';
import { startStandIn } from './start-stand-in.js';

/** A stand-in for the tests of one file, closed after them. A test fails if it sends an undocumented request. */
export async function standInForTests(): Promise<StandIn> {
  const standIn = await startStandIn({ speed });
  after(() => standIn.close());
  afterEach(async () => assert.deepEqual(await undocumented(standIn.control), []));
  return standIn;
}
