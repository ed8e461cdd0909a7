/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { seededRandom } from '../../src/environment/seeded-random.js';
import type { SettingsInput } from '../../src/domain/settings.js';
import { allCapabilities, simulatedProfile, type IncomingCall } from '../../src/simulator/index.js';
import { howMany, seedOf } from '../support/counts.js';
import { BEN, crmData, MIA, MIAS, SHARED } from '../support/crm-data.js';
import { forgedLines, hostileTexts, ran } from '../support/hostile-texts.js';
import { openPanel, type TestPanel } from '../support/panel.js';
import { allByRole, byRole, elements, press, see, shownText, until } from '../support/roles.js';

const made = 'script, iframe, img, object, embed, video, link, base, meta, form, [onload], [onerror], [srcdoc]';
const counts = { texts: new Map<string, number>(), controls: new Map<string, number>(), screens: 0, comments: 0 };

/** Draws a hostile text for each field, so that each walk has other texts. */
function drawing(random: () => number) {
  const names = Object.keys(hostileTexts);
  let from = Math.floor(random() * names.length);
  return (): string => {
    // In rotation, so that every text occurs in any number of walks.
    const name = names[from++ % names.length]!;
    counts.texts.set(name, (counts.texts.get(name) ?? 0) + 1);
    return hostileTexts[name]!;
  };
}

/** A panel in which every text from outside is hostile. */
async function openHostile(text: () => string): Promise<TestPanel> {
  const settings: SettingsInput = {
    batching: { comments: false, updates: false },
    outbound: { promptForTicket: true },
    tickets: { title: '{{contact.name}} {{queue}} {{channel}}', apiResponses: 'pairs' },
    calls: {
      wrapUpSeconds: { inbound: 600, outbound: 600 },
      dispositions: [
        { code: `1${text()}`, label: `1${text()}`, children: [{ code: `2${text()}`, label: `2${text()}` }] },
      ],
    },
  };
  const data = {
    ...crmData,
    contacts: crmData.contacts.map((contact) => ({
      ...contact,
      name: text(),
      email: text(),
      identifier: text(),
      phoneNumbers: [...contact.phoneNumbers, text()],
      url: text(),
    })),
    tickets: crmData.tickets.map((ticket) => ({
      ...ticket,
      subject: text(),
      url: text(),
      fields: { [text()]: text() },
    })),
    agents: [{ id: '101', name: text(), email: text(), canAdminister: true, teams: [] as never }],
  };
  const opened = await openPanel({
    settings,
    host: { data: data as never, name: text() },
    telephony: {
      profile: {
        capabilities: allCapabilities,
        outboundNumbers: simulatedProfile.outboundNumbers.map((one) => ({ ...one, label: text() })),
        languages: ['en', text(), 'fr', text()],
        defaultLanguage: 'en',
        statuses: simulatedProfile.statuses.map((status) => ({ ...status, label: text() })),
      },
      directory: [
        { kind: 'queue', id: text(), label: text(), path: [text()] },
        { kind: 'agent', id: '102', label: text() },
        { kind: 'outside', id: '+14155550190', label: text() },
      ],
    } as never,
  });
  opened.panel.style.cssText = 'display: block; width: 320px; height: 520px';
  return opened;
}

const customerOf = (text: () => string) => ({
  ...{ name: text(), identifier: text(), email: text(), phone: text(), authenticated: false },
  web: { [text()]: text(), [text()]: text() },
});
const callerOf = (text: () => string) => ({
  ...{ language: text(), queue: { id: text(), path: [text(), text()] } },
  ...{ customData: { [text()]: text(), [text()]: text() }, customer: customerOf(text) },
});

/** Expects a control to be inside the panel and not covered where it is pressed. */
function expectInReach(panel: HTMLElement, control: HTMLElement, name: string): void {
  const [inner, outer] = [control.getBoundingClientRect(), panel.getBoundingClientRect()];
  const isInside =
    inner.left >= outer.left - 1 &&
    inner.right <= outer.right + 1 &&
    inner.top >= outer.top - 1 &&
    inner.bottom <= outer.bottom + 1;
  expect(isInside && inner.width >= 20 && inner.height >= 20, `${name} is at ${JSON.stringify(inner)}`).to.equal(true);
  const [x, y] = [inner.left + inner.width / 2, inner.top + inner.height / 2];
  let top = document.elementFromPoint(x, y);
  for (
    let next = top?.shadowRoot?.elementFromPoint(x, y);
    next && next !== top;
    next = top?.shadowRoot?.elementFromPoint(x, y)
  )
    top = next;
  expect(top !== null && control.contains(top), `${name} is covered by ${top?.localName} ${top?.className}`).to.equal(
    true,
  );
  counts.controls.set(name, (counts.controls.get(name) ?? 0) + 1);
}

describe('Q11 Q8 hostile texts in every field', () => {
  const errors: string[] = [];
  const note = (event: Event) => {
    if (event.type === 'ccai-error') errors.push(`${(event as CustomEvent<{ code: string }>).detail.code}`);
    else if (event instanceof ErrorEvent) errors.push(event.message);
    else errors.push(String((event as PromiseRejectionEvent).reason));
  };
  const kinds = ['error', 'unhandledrejection', 'ccai-error'] as const;
  before(() => kinds.forEach((kind) => window.addEventListener(kind, note)));
  after(() => kinds.forEach((kind) => window.removeEventListener(kind, note)));
  beforeEach(() => errors.splice(0));
  afterEach(() => document.body.replaceChildren());

  /** Expectations for every screen. */
  async function check({ panel }: TestPanel, ...names: (string | RegExp)[]): Promise<void> {
    for (const name of names) expectInReach(panel, await see(panel, 'button', name), String(name));
    for (const element of elements(panel)) {
      expect(element.matches(made), `<${element.localName}> was made`).to.equal(false);
      for (const attribute of ['href', 'src', 'action', 'formaction'])
        expect(
          /^\s*javascript:/i.test(element.getAttribute(attribute) ?? ''),
          `${element.localName} ${attribute}`,
        ).to.equal(false);
    }
    expect(ran in globalThis, 'markup was run').to.equal(false);
    expect(panel.scrollWidth, 'nothing widens the panel').to.be.at.most(320);
    expect(shownText(panel)).not.to.include('This screen couldn’t be shown.');
    expect(errors).to.deep.equal([]);
    counts.screens++;
    // Reports progress to the watchdog, however long the walk takes.
    navigator.sendBeacon('/test-progress');
  }
  const press_ = async (opened: TestPanel, name: string) => {
    await check(opened, name);
    await press(opened.panel, 'button', name);
  };

  async function lookAtLists(opened: TestPanel): Promise<void> {
    const { panel } = opened;
    for (const tab of [/^History/, /^Voicemail/]) {
      await press(panel, 'tab', tab);
      const [first] = await until(() => {
        const rows = allByRole(panel, 'listitem').flatMap((item) => allByRole(item, 'button'));
        return rows.length > 0 && rows;
      });
      await check(opened);
      first!.click();
      await check(opened, 'Back');
      await press(panel, 'tab', 'Call');
    }
  }

  async function dial(opened: TestPanel, contactId: string, number: string): Promise<void> {
    const { panel, host } = opened;
    host.requestDial({ from: 'contact', contactId, number });
    await see(panel, 'combobox', 'Ticket ID');
    await check(opened, 'Cancel', 'Call');
    for (const box of ['Ticket ID', 'Language', 'Outbound number']) {
      await press(panel, 'combobox', box);
      await until(() => allByRole(panel, 'option').length > 0);
      await check(opened);
      allByRole(panel, 'option').at(-1)!.click();
      await until(() => allByRole(panel, 'option').length === 0);
    }
    await press_(opened, 'Cancel');
    await see(panel, 'button', 'Dial a number');
  }

  async function talk(opened: TestPanel, sessionId: string, text: () => string, isFirst: boolean): Promise<void> {
    const { panel, telephony } = opened;
    await see(panel, 'button', 'Mute');
    // A call with notes does not count as too short.
    const notes = await see<HTMLTextAreaElement>(panel, 'textbox', /^Notes/);
    notes.value = 'A note';
    notes.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    telephony.quality(sessionId, { word: text(), loss: 0, jitter: 0 });
    telephony.customData(sessionId, { [text()]: text() });
    telephony.smartAction(sessionId, { kind: text(), results: { [text()]: text() } });
    telephony.smartActionFails(sessionId, { kind: text(), message: text(), byUser: true });
    telephony.apiResponds(sessionId, { name: text(), data: { [text()]: text() } });
    telephony.moveToQueue(sessionId, { id: text(), path: [text(), text()] });
    await check(opened, 'End call', 'Mute', 'Hold', 'Transfer/Add', 'Details', 'Keypad');
    await press(panel, 'button', 'Details');
    await check(opened, 'Back', 'End call');
    await press(panel, 'button', 'Back');
    await press(panel, 'button', 'Transfer/Add');
    await check(opened, 'Back', 'Transfer now');
    await press(panel, 'button', 'Back');
    if (isFirst) await telephony.addParticipant(sessionId, { kind: 'outside', id: '+14155550190', label: text() });
    if (isFirst) await see(panel, 'button', 'Leave the call');
    await check(opened, 'End call', 'Mute');
    await press(panel, 'button', 'Mute');
    await until(() => byRole(panel, 'button', 'Mute').getAttribute('aria-pressed') === 'true');
  }

  const end = async (opened: TestPanel, sessionId: string, text: () => string) => {
    byRole(opened.panel, 'button', 'End call').click();
    await see(opened.panel, 'button', 'Save & Close');
    opened.telephony.rate(sessionId, 1, text());
    await press(opened.panel, 'combobox', 'Disposition');
    await until(() => allByRole(opened.panel, 'option').length > 0);
    await check(opened);
    allByRole(opened.panel, 'option').at(-1)!.click();
    await press_(opened, 'Save & Close');
    await until(() => allByRole(opened.panel, 'button', 'Save & Close').length === 0);
  };

  async function walk(text: () => string): Promise<void> {
    const opened = await openHostile(text);
    const { panel, telephony, host } = opened;
    telephony.voicemail({ number: SHARED, transcript: text(), ...callerOf(text) });
    await see(panel, 'button', 'Dial a number');
    await check(opened, 'Dial a number');
    await dial(opened, MIA, MIAS);
    await dial(opened, BEN, SHARED);
    await telephony.setStatus('available');
    for (const call of [
      { number: MIAS },
      { number: SHARED },
      { number: '+14155550999' },
      { channel: 'web-call' },
    ] as IncomingCall[]) {
      const sessionId = telephony.incoming({ ...call, ...callerOf(text) });
      await check(opened, 'Decline', 'Answer');
      await press(panel, 'button', 'Answer');
      await talk(opened, sessionId, text, call.number === MIAS);
      await end(opened, sessionId, text);
    }
    const chat = telephony.chat({ channel: 'web-chat', ...callerOf(text) });
    await check(opened, 'Decline', 'Answer');
    await press(panel, 'button', 'Answer');
    await see(panel, 'button', 'End chat');
    telephony.message(chat);
    await press_(opened, 'End chat');
    await until(() => allByRole(panel, 'button', 'End chat').length === 0);
    await check(opened);
    await lookAtLists(opened);
    await until(() => host.tickets().length > crmData.tickets.length + 2);
    for (const { id } of host.tickets())
      for (const { body } of host.comments(id)) {
        counts.comments++;
        for (const line of body.split(/[\n\v\f\r\u0085\u2028\u2029]/))
          expect(
            forgedLines.find((forged) => line.startsWith(forged)),
            line.slice(0, 200),
          ).to.equal(undefined);
      }
  }

  const seed = seedOf(1);
  for (let at = 0; at < howMany({ all: 1, long: 6 }); at++)
    it(`Q8 Q11 R1 S8 no text runs as markup, forges a line of a comment, or covers a control: walk ${at + 1} of seed ${seed}`, function () {
      this.timeout(0);
      return walk(drawing(seededRandom(seed * 1000 + at)));
    });

  it('Q11 every text occurred, and every control was checked', () => {
    expect([...counts.texts.keys()].sort()).to.deep.equal(Object.keys(hostileTexts).sort());
    for (const control of ['Answer', 'Decline', 'End call', 'Cancel', 'Call', 'Save & Close', 'Mute'])
      expect(counts.controls.get(control), control).to.be.at.least(1);
    expect(counts.screens).to.be.at.least(20);
    expect(counts.comments).to.be.at.least(20);
  });
});
