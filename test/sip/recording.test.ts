import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { becomes, SipParties, tone } from '../support/sip/sip-parties.js';

let parties: SipParties;
before(async () => (parties = await SipParties.start()));
after(() => parties?.close());
afterEach(() => parties.closePages());

/** Long enough for half-second pieces of the recording that contain nothing else. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 1200));

test('R11 R28 a recording contains both sides, and nothing from a pause', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  const id = await alex.dial();
  await alex.hears(tone.customer);
  await aWhile();
  assert.equal(await alex.run('setRecordingPaused', id, true), undefined);
  // During the pause the customer's tone is another one.
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
  assert.equal(await alex.run('setRecordingPaused', id, false), undefined);
  await aWhile();
  await alex.run('end', id);
  await alex.emits('session.closed');
  const { recording } = await alex.emits('recording.ready');
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

test('S14 a call is not recorded if the rules forbid it', async () => {
  const alex = await parties.agent('alex', { rules: { record: false } });
  await parties.customer();
  const id = await alex.dial();
  await alex.emits('session.connected');
  assert.equal(await alex.run('setRecordingPaused', id, true), 'not-available');
  await alex.run('end', id);
  await alex.emits('session.closed');
  assert.ok(!(await alex.ofSession(id)).includes('recording.ready'));
});

test('A8 a chosen microphone is used in the current call, an unplugged one emits device.lost, and the quality is emitted', async () => {
  const [alex, customer] = [await parties.agent('alex'), await parties.customer()];
  await alex.dial();
  await customer.hears(tone.alex);
  await alex.page.evaluate((hz) => globalThis.sip.microphone(hz), tone.outside);
  assert.equal(await alex.run('setDevices', { microphone: 'another', speaker: '' }), undefined);
  await customer.hears(tone.outside);
  const { word, loss, jitter } = await alex.emits('session.quality');
  assert.ok(['good', 'fair', 'poor'].includes(word) && loss >= 0 && loss <= 1 && jitter >= 0);
  await alex.page.evaluate(() => globalThis.sip.unplug());
  await alex.emits('device.lost');
  await becomes(() => customer.states(), ['on']);
});
