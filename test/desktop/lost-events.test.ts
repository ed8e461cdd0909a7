import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allCapabilities } from '../../src/simulator/index.js';
import { MIAS } from '../support/crm-data.js';
import { Desk } from '../support/desk.js';

/** A desktop at a platform whose events may all be lost from some moment on. */
async function desk() {
  const opened = await Desk.start({ telephony: { profile: { capabilities: allCapabilities } } as never });
  const lose = (lost: number) => (opened.telephony.disorder = { lost });
  const incoming = async () => {
    const sessionId = opened.telephony.incoming({ number: MIAS, answered: true });
    await opened.wait(60);
    return sessionId;
  };
  return { opened, lose, incoming };
}

describe('events that are lost', () => {
  it('A5 an inbound call that is on is seen to be connected, though nobody says so', async () => {
    const { opened, lose, incoming } = await desk();
    await incoming();
    assert.equal(opened.line, 'created');
    lose(1);
    await opened.wait(30_000);
    assert.equal(opened.line, 'connected');
  });

  it('A6 its end and its wrap-up are seen too, and notes can still be saved', async () => {
    const { opened, lose, incoming } = await desk();
    const sessionId = await incoming();
    await opened.wait(20_000);
    lose(1);
    opened.desktop.send({ type: 'session', sessionId, command: { type: 'draft', notes: 'Wants a refund' } });
    opened.telephony.hangUp(sessionId);
    await opened.wait(20_000);
    assert.equal(opened.line, 'wrapUp');
    opened.desktop.send({ type: 'session', sessionId, command: { type: 'act', act: { do: 'save' } } });
    await opened.wait(30_000);
    assert.equal(opened.screen, 'main');
  });

  it('A5 a ring whose end nobody tells is over when its time is', async () => {
    const { opened, lose } = await desk();
    await opened.telephony.setStatus('available');
    opened.telephony.incoming({ number: MIAS, ringSeconds: 20, patienceSeconds: 21 });
    await opened.wait(500);
    assert.equal(opened.screen, 'incoming');
    lose(1);
    await opened.wait(24_000);
    assert.equal(opened.line, 'offered', 'it may only be late');
    await opened.wait(12_000);
    assert.equal(opened.screen, 'main');
  });
});
