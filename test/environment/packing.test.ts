import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pack, unpack } from '../../src/environment/packing.js';

describe('packing', () => {
  it('R11 a recording that is not uploaded yet is kept byte by byte, with the values around it', async () => {
    const sound = Uint8Array.from({ length: 100_000 }, (_, at) => at % 251);
    const photo = Uint8Array.of(0, 255, 1, 254);
    const value = {
      key: 's/recording',
      recording: { part: 1, file: new Blob([sound], { type: 'audio/webm' }) },
      attachments: [{ name: 'é.png', file: new Blob([photo], { type: 'image/png' }) }, { name: 'none' }],
      nothing: null,
    };
    const { recording, attachments, ...rest } = unpack(await pack(value)) as typeof value;
    assert.deepEqual(rest, { key: 's/recording', nothing: null });
    assert.equal(recording.file.type, 'audio/webm');
    assert.deepEqual(new Uint8Array(await recording.file.arrayBuffer()), sound);
    const [{ name, file }, last] = attachments as [{ name: string; file: Blob }, { name: string }];
    assert.deepEqual([name, file.type, last], ['é.png', 'image/png', { name: 'none' }]);
    assert.deepEqual(new Uint8Array(await file.arrayBuffer()), photo);
  });

  it('B5 a key that looks like the mark of a file stays unchanged', async () => {
    const value = { text: '\u0000file', of: { '\u0000file': 'no number' } };
    assert.deepEqual(unpack(await pack(value)), value);
  });

  it('R16 custom data under the name of that mark is neither lost nor read as a file', async () => {
    const file = new Blob(['x'], { type: 'text/plain' });
    for (const customData of [
      { '\u0000file': 0 },
      { '\u0000file': 7, '\u0000\u0000file': 1, plain: 'x' },
      { '\u0000\u0000file': {} },
    ]) {
      const back = unpack(await pack({ customData, file })) as { customData: unknown; file: Blob };
      assert.deepEqual(back.customData, customData);
      assert.equal(await back.file.text(), 'x');
    }
  });
});
