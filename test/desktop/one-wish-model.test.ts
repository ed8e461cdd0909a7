import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { callOn } from '../../src/machine/leader/leader-state.js';
import { howMany } from '../support/counts.js';
import { progress } from '../support/run/progress.mjs';
import { TwoTabs } from '../support/two-tabs.js';
import { callsOf, type Travel } from '../support/two-wishes.js';

const seed = Number(process.env.SEED) || 1;
const path = process.env.FCPATH;

const travel: fc.Arbitrary<Travel> = fc.record({
  there: fc.constantFrom(0, 500, 14_000, 20_000, 50_000),
  back: fc.constantFrom(0, 0, 500, 20_000),
  isLost: fc.constantFrom(false, false, true),
});
const tab = fc.constantFrom(0, 0, 0, 1);

interface Act {
  what: string;
  run: (tabs: TwoTabs) => Promise<void> | void;
}

const pressed = (what: string, run: (tabs: TwoTabs, tab: number) => Promise<void> | void) =>
  tab.map((at): Act => ({ what: `${what} in tab ${at}`, run: (tabs) => run(tabs, at) }));

const ticket = (tabs: TwoTabs, at: number, value: string) => tabs.press(at, { type: 'chooseTicket', value });

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: pressed('a number is clicked', (tabs, at) => tabs.openForm(at)) },
  { weight: 6, arbitrary: pressed('ticket 1', (tabs, at) => ticket(tabs, at, '1')) },
  { weight: 6, arbitrary: pressed('ticket 2', (tabs, at) => ticket(tabs, at, '2')) },
  { weight: 12, arbitrary: pressed('Call', (tabs, at) => tabs.press(at, { type: 'call' })) },
  { weight: 3, arbitrary: pressed('Retry', (tabs, at) => tabs.press(at, { type: 'retry' })) },
  { weight: 2, arbitrary: pressed('Back', (tabs, at) => tabs.press(at, { type: 'back' })) },
  { weight: 3, arbitrary: pressed('Cancel', (tabs, at) => tabs.press(at, { type: 'cancel' })) },
  { weight: 3, arbitrary: pressed('End call', (tabs, at) => tabs.endCall(at)) },
  { weight: 2, arbitrary: pressed('reload', (tabs, at) => tabs.reload(at)) },
  {
    weight: 10,
    arbitrary: fc
      .constantFrom(100, 3000, 16_000, 31_000)
      .map((time): Act => ({ what: `${time} ms`, run: (tabs) => tabs.time.advance(time) })),
  },
  {
    weight: 6,
    arbitrary: travel.map((one): Act => ({
      what: `the next dial travels ${JSON.stringify(one)}`,
      run: ({ platform }) => void platform.travels.dial.push(one),
    })),
  },
  {
    weight: 6,
    arbitrary: travel.map((one): Act => ({
      what: `the next cancelDial travels ${JSON.stringify(one)}`,
      run: ({ platform }) => void platform.travels.cancelDial.push(one),
    })),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom({}, { lost: 1 }, { late: 1 }, { twice: 1 }, { shuffled: 1 }).map((one): Act => ({
      what: `events ${JSON.stringify(one)}`,
      run: ({ platform }) => void (platform.disorder = one),
    })),
  },
);

const events = fc.constantFrom({}, { lost: 1 }, { lost: 1 }, { late: 1 }, { twice: 1 }, { shuffled: 1 });

/** A first call whose answers may never come, then another ticket. */
const beginning = fc.record({
  travels: fc.tuple(travel, travel, fc.oneof(travel, fc.constant({ there: 500, back: 500 }))),
  disorder: events,
  waits: fc.constantFrom(100, 16_000, 16_000, 16_000),
  isCalledAgain: fc.boolean(),
});

type Beginning = typeof beginning extends fc.Arbitrary<infer One> ? One : never;

async function begin({
  travels: [first, second, cancel],
  disorder,
  waits,
  isCalledAgain,
}: Beginning): Promise<TwoTabs> {
  progress();
  const tabs = await TwoTabs.open();
  await tabs.openForm(0);
  await ticket(tabs, 0, '1');
  tabs.platform.disorder = disorder;
  tabs.platform.travels.dial.push(first, second);
  tabs.platform.travels.cancelDial.push(cancel);
  await tabs.press(0, { type: 'call' });
  await tabs.time.advance(waits);
  await ticket(tabs, 0, '2');
  if (isCalledAgain) await tabs.press(0, { type: 'call' });
  return tabs;
}

const callAnyway = pressed('Call anyway', (tabs, at) => tabs.press(at, { type: 'callAnyway' }));

/** Lets the platform answer everything, leaves the forms, and gives the panel its time. */
async function settle(tabs: TwoTabs): Promise<void> {
  const { platform } = tabs;
  platform.disorder = {};
  for (const travels of Object.values(platform.travels)) travels.splice(0);
  await tabs.time.advance(60_000);
  for (const at of [0, 1]) await tabs.press(at, { type: 'cancel' });
  await tabs.time.advance(120_000);
}

/** Every connected call is on the leader's screen. */
function shown(tabs: TwoTabs): void {
  const { leading, platform } = tabs;
  for (const { id } of callsOf(platform, 'connected')) {
    assert.equal(leading?.snapshot.agent.context.leader.calls[id]?.work, 'on', `call ${id} is shown`);
    assert.equal(callOn(leading.snapshot.agent.context.leader), id);
  }
}

describe('one wish, one call, with silent, late, doubled and crossed answers', () => {
  const counts = { runs: 0, calls: 0, cancelled: 0, twoDialled: 0 };

  it('F7 F8 A9 one wish never has two connected calls, and no connected call is missing on screen', async () => {
    await fc.assert(
      fc.asyncProperty(beginning, fc.array(act, { minLength: 3, maxLength: 40 }), async (first, acts) => {
        const tabs = await begin(first);
        for (const { what, run } of acts) {
          await run(tabs);
          await tabs.time.advance(10);
          assert.ok(callsOf(tabs.platform, 'connected').length <= 1, `two are connected after: ${what}`);
        }
        await settle(tabs);
        assert.ok(callsOf(tabs.platform, 'connected').length <= 1, 'two are connected at the end');
        assert.equal(callsOf(tabs.platform, 'connecting').length, 0, 'none rings that nobody wishes for');
        shown(tabs);
        counts.runs += 1;
        counts.calls += tabs.platform.sessions().length;
        counts.cancelled += tabs.platform.cancelled.length;
        counts.twoDialled += new Set(tabs.platform.dialled).size > 1 ? 1 : 0;
      }),
      { numRuns: howMany({ all: 400, long: 20_000, least: 20 }), seed, ...(path ? { path } : {}), verbose: 1 },
    );
  });

  it('F7 with Call anyway the panel never ends a connected call, and no call rings on', async () => {
    await fc.assert(
      fc.asyncProperty(
        beginning,
        fc.array(fc.oneof({ weight: 9, arbitrary: act }, { weight: 2, arbitrary: callAnyway }), {
          minLength: 3,
          maxLength: 40,
        }),
        async (first, acts) => {
          const tabs = await begin(first);
          const connected = new Set<string>();
          let isEndedByHand = false;
          for (const { what, run } of acts) {
            if (what.startsWith('End call')) isEndedByHand = true;
            await run(tabs);
            for (const { id } of callsOf(tabs.platform, 'connected')) connected.add(id);
          }
          await settle(tabs);
          assert.equal(callsOf(tabs.platform, 'connecting').length, 0, 'none rings on');
          if (!isEndedByHand)
            for (const id of connected)
              assert.ok(
                callsOf(tabs.platform, 'connected').some((call) => call.id === id),
                `connected ${id} is still on`,
              );
        },
      ),
      { numRuns: howMany({ all: 100, long: 5000 }), seed, ...(path ? { path } : {}), verbose: 1 },
    );
  });

  it('F7 the walks have dialled, cancelled and dialled again', () => {
    assert.ok(counts.calls > counts.runs / 2, JSON.stringify(counts));
    assert.ok(counts.cancelled > counts.runs / 4, JSON.stringify(counts));
    assert.ok(counts.twoDialled > counts.runs / 20, JSON.stringify(counts));
  });
});
