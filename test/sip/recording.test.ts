import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { becomes, SipParties, tone } from '../support/sip/sip-parties.js';

let parties: SipParties;
before(async () => (parties = await SipParties.start()));
after(() => parties?.close());
afterEach(() => parties.everybodyLeaves());

/** Long enough for a piece of a recording to hold nothing else. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 1200));

test('R11 a recording has both sides in it, and R28 nothing of what was said while it was paused', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  const id = await alex.dial();
  await alex.hears(tone.customer);
  await aWhile();
  assert.equal(await alex.tell('setRecordingPaused', id, true), undefined);
  // What is said now is a tone of its own.
  await customer.page.evaluate(async () => {
    const context = new AudioContext();
    const secret = new OscillatorNode(context, { frequency: 1400 });
    const out = context.createMediaStreamDestination();
    secret.connect(new GainNode(context, { gain: 0.3 })).connect(out);
    secret.start();
    const [sender] = globalThis.sip.customer.calls[0]!.connection.getSenders();
    const before = sender!.track!;
    await sender!.replaceTrack(out.stream.getAudioTracks()[0]!);
    (globalThis as unknown as { again: () => Promise<void> }).again = () => sender!.replaceTrack(before);
  });
  await alex.hears(1400);
  await aWhile();
  await customer.page.evaluate(() => (globalThis as unknown as { again: () => Promise<void> }).again());
  await alex.hears(tone.customer);
  assert.equal(await alex.tell('setRecordingPaused', id, false), undefined);
  await aWhile();
  await alex.tell('end', id);
  await alex.says('session.closed');
  const { recording } = await alex.says('recording.ready');
  assert.deepEqual([recording.part, recording.parts], [1, 1]);
  const { tones, seconds } = (await alex.recording())!;
  assert.ok(tones.length >= 4 && seconds >= 2, `${tones.length} halves of a second, ${seconds} s`);
  assert.deepEqual([...new Set(tones.flat())].sort(), [tone.customer, tone.alex].sort());
  assert.ok(tones.filter((one) => one.includes(tone.alex) && one.includes(tone.customer)).length >= 4);
  const paused = (await alex.events()).flatMap((one) => (one.type === 'session.recording-paused' ? [one.paused] : []));
  assert.deepEqual(paused, [true, false]);
  const order = await alex.ofSession(id);
  assert.ok(order.indexOf('recording.ready') < order.indexOf('session.closed'));
});

test('S14 where the rules or the plan say so nothing is recorded', async () => {
  const alex = await parties.agent('alex', { rules: { record: false } });
  await parties.customer();
  const id = await alex.dial();
  await alex.says('session.connected');
  assert.equal(await alex.tell('setRecordingPaused', id, true), 'not-available');
  await alex.tell('end', id);
  await alex.says('session.closed');
  assert.ok(!(await alex.ofSession(id)).includes('recording.ready'));
});

test('A8 another microphone is heard in the call that is on, one that is unplugged is told, and the quality is a word', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  await alex.dial();
  await customer.hears(tone.alex);
  await alex.page.evaluate((hz) => globalThis.sip.microphone(hz), tone.outside);
  assert.equal(await alex.tell('setDevices', { microphone: 'another', speaker: '' }), undefined);
  await customer.hears(tone.outside);
  const { word, loss, jitter } = await alex.says('session.quality');
  assert.ok(['good', 'fair', 'poor'].includes(word) && loss >= 0 && loss <= 1 && jitter >= 0);
  await alex.page.evaluate(() => globalThis.sip.unplug());
  await alex.says('device.lost');
  await becomes(() => customer.states(), ['on']);
});
