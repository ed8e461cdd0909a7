/// <reference types="mocha" />
import { expect } from '@open-wc/testing';
import { ago, countryName, dateTime, dayOrTime, languageName } from '../../src/element/formats.js';
import { english } from '../../src/element/localize.js';
import { allCapabilities } from '../../src/simulator/index.js';
import { BEN, MIA, MIAS, SHARED } from '../support/crm-data.js';
import { onMain, openPanel, type GivenPanel, type TestPanel } from '../support/panel.js';
import { allByRole, press, see, shownText, until } from '../support/roles.js';

const telephony = { profile: { capabilities: allCapabilities } } as GivenPanel['telephony'];

/** Makes a screen throw while it renders. Returns a function that undoes it. */
function breakScreen(name: string): () => void {
  const { prototype } = customElements.get(`ccai-${name}`)!;
  const render = Object.getOwnPropertyDescriptor(prototype, 'render');
  Object.defineProperty(prototype, 'render', {
    configurable: true,
    value: () => {
      throw new RangeError('broken');
    },
  });
  return () => {
    if (render) Object.defineProperty(prototype, 'render', render);
    else delete prototype.render;
  };
}

describe('Q8 screens that throw', () => {
  let mend = (): void => undefined;
  afterEach(() => {
    mend();
    document.body.replaceChildren();
  });

  /** Opens a panel, and collects the `ccai-error` events of a screen. */
  async function reported(opened: Promise<TestPanel>, screen: string) {
    const given = await opened;
    const errors: string[] = [];
    given.panel.addEventListener('ccai-error', ({ detail }) => errors.push(`${detail.code} ${detail.message}`));
    await until(() => customElements.get(`ccai-${screen}`));
    mend = breakScreen(screen);
    return { ...given, errors };
  }
  const saysBroken = (panel: HTMLElement) => until(() => shownText(panel).includes('This screen couldn’t be shown.'));

  it('Q8 A5 an incoming call can be answered, declined and ended although its screens throw', async () => {
    const { panel, telephony: phone, errors } = await reported(onMain({ telephony: telephony! }), 'incoming-screen');
    const mendCall = breakScreen('call-screen');
    const mendIncoming = mend;
    mend = () => {
      mendCall();
      mendIncoming();
    };
    await phone.setStatus('available');
    phone.incoming({ number: MIAS });
    await saysBroken(panel);
    await see(panel, 'button', 'Decline');
    await press(panel, 'button', 'Answer');
    await press(panel, 'button', 'End call');
    await until(() => allByRole(panel, 'button', 'End call').length === 0);
    expect(errors).to.include('not-shown A part of the panel could not be shown: ccai-incoming-screen.');
    expect(errors).to.include('not-shown A part of the panel could not be shown: ccai-call-screen.');
    expect(errors.length).to.be.lessThan(5, 'each is reported once');
  });

  it('Q8 F8 the form can be left although its screen throws', async () => {
    const { panel, host } = await reported(onMain(), 'details-screen');
    host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
    await saysBroken(panel);
    await press(panel, 'button', 'Cancel');
    await see(panel, 'button', 'Dial a number');
  });

  for (const [tab, screen] of [
    ['History', 'history-screen'],
    ['Voicemail', 'voicemail-screen'],
  ] as const)
    it(`Q8 A3 ${tab} leads back while it throws, and is shown once it does not`, async () => {
      const { panel } = await reported(onMain({ telephony: telephony! }), screen);
      await press(panel, 'tab', tab);
      await saysBroken(panel);
      mend();
      await press(panel, 'button', 'Retry');
      await until(() => !shownText(panel).includes('This screen couldn’t be shown.'));
      mend = breakScreen(screen);
      await press(panel, 'tab', 'Call');
      await press(panel, 'tab', tab);
      await press(panel, 'button', 'Back');
      await see(panel, 'button', 'Dial a number');
    });

  it('Q8 a part of a screen that throws leaves the screen around it', async () => {
    const { panel, telephony: phone, errors } = await reported(onMain({ telephony: telephony! }), 'call-notes');
    phone.incoming({ number: MIAS, answered: true });
    await see(panel, 'button', 'Mute');
    await see(panel, 'button', 'End call');
    expect(shownText(panel)).not.to.include('This screen couldn’t be shown.');
    expect(errors).to.include('not-shown A part of the panel could not be shown: ccai-call-notes.');
  });
});

describe('Q8 invalid values from outside', () => {
  afterEach(() => document.body.replaceChildren());

  it('Q8 F1 the form and calls work with a platform whose language is en_US or nonsense', async () => {
    for (const language of ['en_US', '!!', 'x'.repeat(70_000)]) {
      const profile = { capabilities: allCapabilities, languages: [language], defaultLanguage: language };
      const { panel, host, telephony: phone } = await onMain({ telephony: { profile } as never });
      host.requestDial({ from: 'contact', contactId: MIA, number: MIAS });
      await see(panel, 'button', 'Call');
      await press(panel, 'button', 'Cancel');
      phone.incoming({ number: MIAS, answered: true, language } as never);
      await see(panel, 'button', 'Mute');
      await press(panel, 'button', 'End call');
      await until(() => allByRole(panel, 'button', 'End call').length === 0);
      panel.remove();
    }
  });

  it('Q8 F6 a ticket with an invalid time is offered', async () => {
    const { panel, host } = await openPanel({ settings: { outbound: { promptForTicket: true } } });
    const find = host.findTickets.bind(host);
    host.findTickets = async (...query) => {
      const { items, ...page } = await find(...query);
      return { ...page, items: items.map((ticket) => ({ ...ticket, updatedAt: 'yesterday' })) };
    };
    await see(panel, 'button', 'Dial a number');
    host.requestDial({ from: 'contact', contactId: BEN, number: SHARED });
    await see(panel, 'button', 'Call');
  });

  it('Q8 A3 the history is shown although one entry is invalid and another has no times', async () => {
    const { panel, telephony: phone } = await openPanel({ telephony: telephony! });
    const session = (id: string) => ({
      id,
      channel: 'ivr-call',
      direction: 'inbound',
      customer: { name: `Caller ${id}` },
    });
    phone.history = async () =>
      ({
        items: [
          null,
          { session: session('1'), startedAt: 'long ago', durations: 'long' },
          { session: 7 },
          { session: session('2'), startedAt: '2026-01-02T03:04:05Z', durations: { talk: 61 }, outcome: 'completed' },
        ],
      }) as never;
    await press(panel, 'tab', 'History');
    const rows = await until(() => {
      const found = allByRole(panel, 'button', /Caller/);
      return found.length === 2 && found;
    });
    expect(rows[1]!.textContent).to.include('01:01');
    rows[0]!.click();
    await see(panel, 'heading', 'Caller 1');
  });

  it('Q7 no formatter throws', () => {
    const odd = ['', 'yesterday', 'en_US', '!!', '\u0000', 'x'.repeat(100_000), null, undefined, NaN, {}, [], 1e99];
    for (const value of odd as string[]) {
      expect(ago(english, value, Date.now()), String(value)).to.be.a('string');
      expect(dateTime(english, value)).to.be.a('string');
      expect(dayOrTime(english, value, Date.now())).to.be.a('string');
      expect(english.time(value)).to.be.a('string');
      languageName(english, value);
      countryName(english, value);
    }
    expect(languageName(english, 'en_US')).to.equal('American English');
  });
});
