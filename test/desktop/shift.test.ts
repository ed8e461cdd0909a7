import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inShifts, type Worked } from '../support/shift/in-shifts.js';
import { howMany } from '../support/counts.js';

const seeds = Number(process.env.SEEDS) || howMany({ all: 50, long: 500 });
const first = Number(process.env.FIRST_SEED) || 1;
/** The number of shifts in one test. */
const atOnce = 50;

/** The seeds that failed once, and their findings. */
const found: Readonly<Record<number, string>> = {};

/** The controls that an agent presses in these shifts, each at least once. */
const pressed: readonly string[] = [
  ...['answer', 'decline', 'end call', 'end chat', 'back', 'call back', 'done', 'save', 'throw away', 'note'],
  ...['mute', 'hold', 'redact', 'digits', 'speak first', 'transfer at once', 'complete transfer', 'cancel transfer'],
  ...['add to call', 'remove', 'hold a participant', 'leave', 'hang up and call back', 'choose the contact', 'assign'],
  ...['dial', 'call', 'cancel', 'cancel the call', 'keepRequest', 'replaceRequest', 'show session'],
  ...['call back from the list', 'history more', 'voicemails mark', 'log out', 'log in', 'sign in', 'disposition'],
];

const failing = (shifts: readonly Worked[]): readonly string[] =>
  shifts
    .filter(({ violations }) => violations.length > 0)
    .map((one) => `seed ${one.seed}: ${one.violations.join('; ')}`);

describe('a shift', () => {
  const counts: Record<string, number> = {};

  for (const [seed, what] of Object.entries(found))
    it(`A4 A5 A6 A7 seed ${seed}: ${what}`, async () => assert.deepEqual(failing(await inShifts([Number(seed)])), []));

  for (let from = first; from < first + seeds; from += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, first + seeds - from) }, (_, at) => from + at);
    const title = `A2 A4 A5 A6 A7 B5 8 hours, ${some.length} seeds from ${from}: every press does something, no note is lost, Available is always near`;
    it(title, async () => {
      const shifts = await inShifts(some);
      for (const shift of shifts)
        for (const [what, times] of Object.entries(shift.counts)) counts[what] = (counts[what] ?? 0) + times;
      assert.deepEqual(failing(shifts).slice(0, 10), []);
    });
  }

  it('A4 A5 A6 A7 every control that the panel offers was pressed', (test) => {
    for (const [what, times] of Object.entries(counts).sort()) test.diagnostic(`${what}: ${times}`);
    // Fifty shifts have every control. Every single shift has these three: an agent dials about 30 times in it.
    const expected = seeds < 50 ? ['dial', 'call', 'end call'] : pressed;
    assert.deepEqual(
      expected.filter((what) => counts[what] === undefined),
      [],
    );
  });
});
