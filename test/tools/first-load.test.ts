import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { build } from 'esbuild';

/** The modules that a page loads at first: the entry with its static imports. */
async function firstLoad(): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: ['src/define.ts'],
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: 'out',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const entry = Object.keys(metafile.outputs).find((path) => metafile.outputs[path]!.entryPoint === 'src/define.ts')!;
  const files = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    for (const { path: next, kind } of metafile.outputs[path]!.imports) if (kind === 'import-statement') visit(next);
  };
  visit(entry);
  return [...files].flatMap((path) =>
    Object.entries(metafile.outputs[path]!.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => input),
  );
}

describe('the first load', () => {
  it('Q1 has no phone numbers, records, screens of a call, French, settings form or embedded ports', async () => {
    const loaded = await firstLoad();
    assert.ok(loaded.includes('src/element/screens/main-screen.ts'));
    const later = [
      /libphonenumber/,
      /domain\/phone-number/,
      /src\/(keeper|records|outbox)\//,
      /machine\/(outbound|session)\//,
      /element\/screens\/(details|options|session)\//,
      /element\/screens\/lists\/(history|list|voicemail)-screen/,
      /element\/screens\/(number-entry|ticket-entry)-screen/,
      /locales\/(fr|en-call|settings)/,
      /element\/settings\/form/,
      /src\/(memory|simulator|testing)\//,
    ];
    for (const pattern of later)
      assert.deepEqual(
        loaded.filter((input) => pattern.test(input)),
        [],
        String(pattern),
      );
  });
});
