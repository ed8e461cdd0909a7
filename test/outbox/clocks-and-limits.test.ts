import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ForwardClock } from '../../src/environment/forward-clock.js';
import type { SimulatedTime } from '../../src/testing/simulated-time.js';
import { setUpOutbox } from '../support/durable-outbox.js';
import { note } from '../support/intents.js';

const hour = 3_600_000;
const batching = { comments: true, updates: true, windowSeconds: 10 };

describe('clocks and limits', () => {
  it('B2 after a fast clock is corrected, no row waits for the time that it was ahead', async () => {
    let ahead = hour;
    const machine = (right: { now(): number }) => ({ now: () => right.now() + ahead });
    const { outbox, clock, bodies } = await setUpOutbox(undefined, { batching, machine });
    await outbox.enqueue([note('a', { id: '1' })]);
    ahead = 0;
    // How long it has waited already is not known any more: a window from now.
    await clock.advance(21_000);
    assert.deepEqual(bodies('1'), ['a']);
    await outbox.enqueue([note('b', { id: '5' })]);
    await clock.advance(11_000);
    assert.deepEqual(bodies('5'), ['b']);
  });

  it('B2 nor does a row that an earlier page stored with the fast clock', async () => {
    const { outbox, clock, bodies, store } = await setUpOutbox();
    const row = { key: 'a', state: 'pending', since: clock.now(), tries: 0, intent: note('a', { id: '1' }) } as const;
    await store.add([{ ...row, due: clock.now() + hour }]);
    await outbox.refresh();
    await clock.advance(1000);
    assert.deepEqual(bodies('1'), ['a']);
  });

  it('B2 after the system clock is put back, the forward clock goes on from its last time', () => {
    let machine = 1000;
    const clock = new ForwardClock({ now: () => machine });
    const seen = [1000, 1500, 200, 300, 1600].map((now) => ((machine = now), clock.now()));
    assert.deepEqual(seen, [1000, 1500, 1500, 1600, 2900]);
  });

  it('R27 with a monotonic clock, the forward clock loses no time', () => {
    let [machine, steady] = [1000, 50];
    const clock = new ForwardClock({ now: () => machine, steady: () => steady });
    const seen = [
      [1000, 50],
      // Put back by an hour after 30 s, looked at after 60 s.
      [-3_539_000, 60_050],
      [-3_538_000, 61_050],
      // Asleep for a minute: the steady clock may have stood still.
      [-3_478_000, 61_050],
    ].map((now) => (([machine, steady] = now as [number, number]), clock.now()));
    assert.deepEqual(seen, [1000, 61_000, 62_000, 122_000]);
  });

  it('B2 in a hidden tab, whose timers run once a minute, a due row is sent within that minute', async () => {
    const minute = 60_000;
    const timers = (clock: SimulatedTime) => ({
      setTimeout: (run: () => void, after: number) =>
        clock.setTimeout(run, Math.ceil((clock.now() + after) / minute) * minute - clock.now()),
      clearTimeout: clock.clearTimeout,
    });
    const { outbox, host, clock, bodies } = await setUpOutbox(undefined, { batching, timers });
    await clock.advance(15_000);
    await outbox.enqueue([note('a', { id: '1' })]);
    await clock.advance(10_000);
    assert.deepEqual(bodies('1'), [], 'no timer has run');
    await clock.advance(minute);
    assert.deepEqual(bodies('1'), ['a']);
    host.failNext('writeTickets', 'rate-limited', 1);
    await outbox.enqueue([note('b', { id: '5' })]);
    await clock.advance(10_000 + minute);
    assert.deepEqual(bodies('5'), [], 'the CRM wanted none');
    await clock.advance(minute);
    assert.deepEqual(bodies('5'), ['b']);
  });

  it('B2 a ticket is updated at most 30 times in any ten minutes, however many writes it has', async () => {
    const times: number[] = [];
    const { outbox, clock, bodies } = await setUpOutbox(
      (host) => ({
        writeTickets: (writes) => {
          times.push(clock.now());
          return host.writeTickets(writes);
        },
      }),
      { batching: { ...batching, windowSeconds: 1 } },
    );
    for (let second = 0; second < 1800; second++) {
      await outbox.enqueue([note(`n${second}`, { id: '1' })]);
      await clock.advance(1000);
    }
    const within = times.map((from) => times.filter((at) => at >= from && at < from + 600_000).length);
    assert.ok(Math.max(...within) <= 30 && Math.max(...within) > 25, `${Math.max(...within)} updates`);
    await clock.advance(600_000);
    const written = bodies('1')
      .join('\n')
      .match(/^n\d+$/gm)!;
    assert.deepEqual(
      written,
      Array.from({ length: 1800 }, (_, second) => `n${second}`),
    );
  });
});
