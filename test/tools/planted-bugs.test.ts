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

/** A change of the first line of a small file. */
const change = (first: string): PlantedBug => ({
  name: 'none',
  breaks: 'nothing',
  tests: ['test/environment/packing.test.ts'],
  named: '^B5',
  changes: [{ from: ["const mark = '\\u0000file';"], to: [first] }],
});
const same = "const mark = '\\u0000files';";

describe('what counts as a kill', () => {
  it('B5 a bug that no test sees lives', async () => assert.deepEqual(await planted.killersOf(change(same)), []));

  it('B5 a test that fails because of the bug is named', async () => {
    const [name, ...more] = await planted.killersOf({ ...change("const mark = 'length';"), named: '^R11' });
    assert.match(name!, /^R11 a recording that is still to be uploaded survives/);
    assert.deepEqual(more, []);
  });

  it('B5 a bug whose lines are not found, is no program or cannot be loaded proves nothing', async () => {
    const elsewhere = { ...change(same), changes: [{ from: ["const sign = '\\u0000file';"], to: [same] }] };
    await assert.rejects(planted.killersOf(elsewhere), /0 times in src/);
    await assert.rejects(planted.killersOf(change('const mark = ;')), /Unexpected/);
    await assert.rejects(planted.killersOf(change("import './nowhere.js';")), /With the bug no test of that name/);
  });

  it('B5 a test that is not there, or fails already, proves nothing', async () => {
    await assert.rejects(planted.killersOf({ ...change(same), named: '^B99' }), /Without the bug no test of that name/);
    const tests = ['test/outbox/nowhere.test.ts'];
    await assert.rejects(planted.killersOf({ ...change(same), tests }), /Without the bug no test of that name/);
  });
});

describe(`bugs that were planted: ${chosen.length} of ${all.length}`, { concurrency: 2 }, () => {
  it('B5 there are at least 50, each a small change of lines that are in src once', () => {
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
