import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { changedIn, PlantedBugs, plantedBugs, partOf, root, type PlantedBug } from '../support/planted-bugs.js';
import { howMuch } from '../support/counts.js';

const all = plantedBugs();
const chosen = { hundredth: () => [], tenth: () => partOf(all, 30), all: () => partOf(all, 3), long: () => all }[
  howMuch
]();
const planted = new PlantedBugs();
after(() => planted.clear());

/** A bug that changes the first line of a small file. */
const change = (first: string): PlantedBug => ({
  name: 'none',
  breaks: 'nothing',
  tests: ['test/environment/packing.test.ts'],
  named: '^B5',
  changes: [{ from: ["const fileMark = '\\u0000file';"], to: [first] }],
});
const same = "const fileMark = '\\u0000files';";

describe('the test run that looks for a planted bug', () => {
  it('B5 no test is named for a bug that none finds', async () =>
    assert.deepEqual(await planted.killersOf(change(same)), []));

  it('B5 names a test that fails because of the bug', async () => {
    const [name, ...more] = await planted.killersOf({ ...change("const fileMark = 'length';"), named: '^R11' });
    assert.match(name!, /^R11 a recording that is not uploaded yet is kept/);
    assert.deepEqual(more, []);
  });

  it('B5 rejects a bug whose lines are missing, that does not compile or does not load', async () => {
    const elsewhere = { ...change(same), changes: [{ from: ["const sign = '\\u0000file';"], to: [same] }] };
    await assert.rejects(planted.killersOf(elsewhere), /0 times in src/);
    await assert.rejects(planted.killersOf(change('const fileMark = ;')), /Unexpected/);
    await assert.rejects(planted.killersOf(change("import './nowhere.js';")), /With the bug no test of that name/);
  });

  it('B5 rejects a test that does not exist or fails without the bug', async () => {
    await assert.rejects(planted.killersOf({ ...change(same), named: '^B99' }), /Without the bug no test of that name/);
    const tests = ['test/outbox/nowhere.test.ts'];
    await assert.rejects(planted.killersOf({ ...change(same), tests }), /Without the bug no test of that name/);
  });
});

describe(`planted bugs:${chosen.length} of ${all.length}`, { concurrency: 2 }, () => {
  it('B5 there are at least 50, each a small change of lines that occur once in src', () => {
    assert.ok(all.length >= 50, String(all.length));
    for (const { name, changes } of all) {
      for (const { from, to } of changes) assert.notDeepEqual(from, to, name);
      const changed = changes.flatMap(({ from, to }) => [
        ...from.filter((line) => !to.includes(line)),
        ...to.filter((line) => !from.includes(line)),
      ]);
      assert.ok(changed.length <= 10, `${name} changes ${changed.length} lines`);
      for (const change of changes) assert.doesNotThrow(() => changedIn(join(root, 'src'), change), name);
    }
  });

  for (const bug of chosen)
    it(`${bug.breaks} (${bug.name})`, async () =>
      assert.notDeepEqual(await planted.killersOf(bug), [], `It lives: no test named ${bug.named} fails.`));
});
