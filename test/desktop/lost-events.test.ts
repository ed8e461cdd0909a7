import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SettingsInput } from '../../src/domain/settings.js';
import type { SessionAct } from '../../src/machine/session/session-context.js';
import { allCapabilities, SimulatedTelephony } from '../../src/simulator/index.js';
import type { PlatformEvent } from '../../src/telephony/platform-event.js';
import { MIAS } from '../support/crm-data.js';
import { TestTab } from '../support/test-tab.js';

/** A desktop on a platform that can lose all events from some moment on. */
async function tab(Platform = SimulatedTelephony, settings?: SettingsInput) {
  const opened = await TestTab.start({
    Platform,
    settings,
    telephony: { profile: { capabilities: allCapabilities } } as never,
  });
  const lose = (lost: number) => (opened.telephony.disorder = { lost });
  const incoming = async (number = MIAS) => {
    const sessionId = opened.telephony.incoming({ number, answered: true });
    await opened.wait(60);
    return sessionId;
  };
  return { opened, lose, incoming };
}

/** Delivers its events late: it holds them from `hold` until `release`. */
class LatePlatform extends SimulatedTelephony {
  hold = false;
  readonly #late: (() => void)[] = [];

  override subscribe(listener: (event: PlatformEvent) => void): () => void {
    return super.subscribe((event) => (this.hold ? void this.#late.push(() => listener(event)) : listener(event)));
  }

  release(): void {
    this.hold = false;
    for (const deliver of this.#late.splice(0)) deliver();
  }
}

/** R28's lines on the session's ticket, with the card of its end. Times are left out. */
async function moments(tab: TestTab, sessionId: string): Promise<string[]> {
  const { host, desktop, telephony } = tab;
  const { ticket } = desktop.snapshot.agent.context.leader.sessions[sessionId]!.context.links;
  assert.ok(ticket && ticket !== 'none');
  telephony.disorder = { lost: 0 };
  telephony.hangUp(sessionId);
  for (let seconds = 0; seconds < 150; seconds += 5) await tab.wait(5000);
  assert.deepEqual(tab.feet(ticket.id), ['call_started', 'call_finished']);
  const lines = host.comments(ticket.id).flatMap(({ body }) => body.split('\n'));
  return lines
    .filter((line) => /joined|left|paused/.test(line))
    .map((line) => line.replace(/\d\d:\d\d:\d\d/g, 'second').replace(/\d\d:\d\d/g, 'minute'));
}

describe('lost events', () => {
  it('A5 an inbound call is shown as connected without its event', async () => {
    const { opened, lose, incoming } = await tab();
    await incoming();
    assert.equal(opened.phase, 'created');
    lose(1);
    await opened.wait(30_000);
    assert.equal(opened.phase, 'connected');
  });

  it('A6 its end and its wrap-up are shown without their events, and notes can still be saved', async () => {
    const { opened, lose, incoming } = await tab();
    const sessionId = await incoming();
    await opened.wait(20_000);
    lose(1);
    opened.desktop.send({ type: 'session', sessionId, command: { type: 'draft', notes: 'Wants a refund' } });
    opened.telephony.hangUp(sessionId);
    await opened.wait(20_000);
    assert.equal(opened.phase, 'wrapUp');
    opened.desktop.send({ type: 'session', sessionId, command: { type: 'act', act: { do: 'save' } } });
    await opened.wait(30_000);
    assert.equal(opened.screen, 'main');
  });

  it('A5 a ring without an end event is over when its time is', async () => {
    const { opened, lose } = await tab();
    await opened.telephony.setStatus('available');
    opened.telephony.incoming({ number: MIAS, ringSeconds: 20, patienceSeconds: 21 });
    await opened.wait(500);
    assert.equal(opened.screen, 'incoming');
    lose(1);
    await opened.wait(24_000);
    assert.equal(opened.phase, 'offered', 'it may only be late');
    await opened.wait(12_000);
    assert.equal(opened.screen, 'main');
  });

  it('A4 R28 switches and participants of a call are shown and written once, even if their events come late', async () => {
    const { opened, lose, incoming } = await tab();
    const { telephony } = opened;
    const sessionId = await incoming('+16285550117');
    await opened.wait(20_000);
    const context = () => opened.desktop.snapshot.agent.context.leader.sessions[sessionId]!.context;
    lose(1);
    await telephony.setMuted(sessionId, true);
    await telephony.setHeld(sessionId, true);
    await telephony.setRecordingPaused(sessionId, true);
    await telephony.addParticipant(sessionId, { kind: 'agent', id: '102', label: 'Noémie Roy' });
    await opened.wait(30_000);
    const { muted, held, recordingPaused, participants } = context();
    assert.deepEqual([muted, held, recordingPaused], [true, true, true]);
    assert.deepEqual(
      participants.filter(({ kind }) => kind !== 'customer').map(({ label }) => label),
      ['Noémie Roy'],
    );
    await telephony.setMuted(sessionId, false);
    await telephony.setRecordingPaused(sessionId, false);
    await telephony.removeParticipant(sessionId, participants.find(({ kind }) => kind === 'agent')!.id);
    await opened.wait(30_000);
    assert.deepEqual([context().muted, context().recordingPaused], [false, false]);
    assert.deepEqual(
      context().participants.filter(({ kind }) => kind !== 'customer'),
      [],
    );
    // The earlier missed event must not hide this one.
    await telephony.setMuted(sessionId, true);
    await opened.wait(30_000);
    assert.equal(context().muted, true);
    assert.deepEqual(await moments(opened, sessionId), [
      'Noémie Roy joined at minute and left at minute',
      'Recording paused second–second',
    ]);
  });

  it('R28 an event that comes after it was derived is not written again; the next of its kind is', async () => {
    const { opened, incoming } = await tab(LatePlatform);
    const telephony = opened.telephony as LatePlatform;
    const sessionId = await incoming('+16285550117');
    await opened.wait(20_000);
    telephony.hold = true;
    await telephony.setRecordingPaused(sessionId, true);
    await opened.wait(30_000);
    telephony.release();
    await opened.wait(1_000);
    await telephony.setRecordingPaused(sessionId, false);
    await telephony.setRecordingPaused(sessionId, true);
    await opened.wait(30_000);
    assert.equal(opened.desktop.snapshot.agent.context.leader.sessions[sessionId]!.context.recordingPaused, true);
    assert.deepEqual(await moments(opened, sessionId), ['Recording paused second–second, second–second']);
  });

  it('R28 an event that comes after it was derived and after the card has no comment of its own', async () => {
    const { opened, incoming } = await tab(LatePlatform, { calls: { wrapUpSeconds: { inbound: 0 } } });
    const telephony = opened.telephony as LatePlatform;
    const sessionId = await incoming('+16285550117');
    await opened.wait(20_000);
    telephony.hold = true;
    await telephony.setRecordingPaused(sessionId, true);
    await opened.wait(30_000);
    telephony.hold = false;
    const { ticket } = opened.desktop.snapshot.agent.context.leader.sessions[sessionId]!.context.links;
    assert.ok(ticket && ticket !== 'none');
    telephony.hangUp(sessionId);
    await opened.wait(2_000);
    telephony.release();
    await opened.wait(20_000);
    assert.deepEqual(opened.feet(ticket.id), ['call_started', 'call_finished']);
  });

  it('A4 the message about a failed act goes when the connection is back', async () => {
    const { opened, incoming } = await tab();
    const sessionId = await incoming();
    await opened.wait(20_000);
    opened.telephony.drop();
    opened.desktop.send({ type: 'session', sessionId, command: { type: 'act', act: { do: 'mute', on: true } } });
    await opened.wait(1000);
    assert.equal(opened.session.context.actFailure?.failure.code, 'offline');
    opened.telephony.restore();
    await opened.wait(1000);
    assert.equal(opened.session.context.actFailure, undefined);
  });

  it('A4 Cancel of a consultation that ended without an event leads back to the call', async () => {
    const { opened, lose, incoming } = await tab();
    const sessionId = await incoming();
    await opened.wait(20_000);
    const target = { kind: 'agent', id: '102', label: 'Jonas Weber' } as const;
    const act = (does: SessionAct) =>
      opened.desktop.send({ type: 'session', sessionId, command: { type: 'act', act: does } });
    act({ do: 'transfer', target, mode: 'warm' });
    await opened.wait(1000);
    assert.equal(opened.session.context.transfer?.target.id, '102');
    lose(1);
    await opened.telephony.cancelTransfer(sessionId);
    await opened.wait(1000);
    assert.ok(opened.session.context.transfer, 'no event has ended it');
    act({ do: 'cancel-transfer' });
    await opened.wait(1000);
    assert.equal(opened.session.context.transfer, undefined);
    assert.equal(opened.session.context.actFailure, undefined);
  });

  it('A5 an answer without an event connects the call; a ring that ended without an event goes', async () => {
    const { opened, lose } = await tab();
    await opened.telephony.setStatus('available');
    const first = opened.telephony.incoming({ number: MIAS, ringSeconds: 60, patienceSeconds: 61 });
    await opened.wait(500);
    lose(1);
    opened.desktop.send({ type: 'session', sessionId: first, command: { type: 'act', act: { do: 'answer' } } });
    await opened.wait(20_000);
    assert.equal(opened.phase, 'connected');
    opened.telephony.hangUp(first);
    await opened.wait(40_000);
    opened.desktop.send({ type: 'session', sessionId: first, command: { type: 'act', act: { do: 'back' } } });
    await opened.wait(40_000);
    lose(0);
    await opened.telephony.setStatus('available');
    const second = opened.telephony.incoming({ number: MIAS, ringSeconds: 600, patienceSeconds: 601 });
    await opened.wait(500);
    assert.equal(opened.screen, 'incoming');
    lose(1);
    opened.telephony.hangUp(second);
    await opened.wait(20_000);
    assert.equal(opened.screen, 'main');
  });
});
