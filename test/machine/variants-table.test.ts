/// <reference types="node" />
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { counts, expectedOutcome, type Details } from '../support/expected-variants.js';
import { ADA, GIVEN_TICKET, STORY_VARIANTS, TICKET_IDS, VARIANTS, scenario, variantById } from '../support/variants.js';

const outcomes = VARIANTS.map((variant) => ({ variant, outcome: expectedOutcome(variant) }));
const possible = outcomes.filter(({ outcome }) => !('impossible' in outcome));

function screens(outcome: ReturnType<typeof expectedOutcome>): Details[] {
  if ('details' in outcome) return [outcome.details, ...Object.values(outcome.whenChosen ?? {})];
  return 'refused' in outcome && outcome.afterSkip ? [outcome.afterSkip] : [];
}
const everyScreen = possible.flatMap(({ variant, outcome }) => screens(outcome).map((screen) => ({ variant, screen })));

describe('F15 the expected-outcome table', () => {
  it('F15 has 1,728 variants, 64 impossible, 1,664 counted', () => {
    assert.deepEqual(counts, { total: 1728, impossible: 64, counted: 1664 });
    assert.equal(new Set(VARIANTS.map(({ id }) => id)).size, 1728);
  });

  it('F15 has 944 variants that fill the screen, 576 refused by T6 and 144 by T4, 48 of those with Skip', () => {
    const count = (is: (outcome: ReturnType<typeof expectedOutcome>) => unknown) =>
      outcomes.filter(({ outcome }) => is(outcome)).length;
    assert.equal(
      count((o) => 'details' in o),
      944,
    );
    assert.equal(
      count((o) => 'refused' in o && o.refused === 'T6'),
      576,
    );
    assert.equal(
      count((o) => 'refused' in o && o.refused === 'T4'),
      144,
    );
    assert.equal(
      count((o) => 'refused' in o && o.afterSkip),
      48,
    );
    assert.equal(
      count((o) => 'details' in o && o.whenChosen),
      16 * 3 * 2,
    );
  });

  it('F15 the number of contacts changes nothing if the contact is given', () => {
    for (const { variant, outcome } of possible) {
      if (variant.entry === 'F11' && variant.ticketEntry !== 'mandatory') continue;
      const same = variantById(variant.id.replace(/contacts-\w+/, 'contacts-0'));
      assert.deepEqual(outcome, expectedOutcome(same), variant.id);
    }
  });

  it('F15 no variant is a dead end', () => {
    for (const { variant, outcome } of possible) {
      if ('refused' in outcome) assert.ok(outcome.waysOut.length >= 2, variant.id);
    }
    for (const { variant, screen } of everyScreen) {
      const waitsForContact = screen.missing.includes('contact') && screen.contact.options.includes('new');
      assert.ok(waitsForContact || Object.keys(screen.plans).length > 0, variant.id);
    }
  });

  it('F15 the selected option is offered, and each variant that can be called has a plan', () => {
    for (const { variant, screen } of everyScreen) {
      const { contact, ticket } = screen;
      assert.ok(contact.selected === undefined || contact.options.includes(contact.selected), variant.id);
      assert.ok(ticket.selected === undefined || ticket.options.includes(ticket.selected), variant.id);
      assert.deepEqual(Object.keys(screen.plans).sort(), [...ticket.options].sort(), variant.id);
      if (screen.canCall) assert.ok(screen.number && ticket.selected && screen.plans[ticket.selected], variant.id);
      assert.equal(screen.canCall, screen.missing.length === 0, variant.id);
    }
  });

  it('F15 an option that a setting allows is offered only with that setting', () => {
    for (const { variant, screen } of everyScreen) {
      const on = (id: (typeof variant.settings)[number]) => variant.settings.includes(id);
      const { options, display } = screen.ticket;
      if (options.includes('none')) assert.ok(on('S4'), variant.id);
      if (options.length > 2) assert.ok(on('S2'), variant.id);
      if (on('S4')) assert.ok(options.at(-1) === 'none' || display.startsWith('read-only') || !options.length);
      if (on('S2') && options.includes('new') && options.some((id) => /^\d/.test(id))) assert.ok(on('S3'), variant.id);
      if (screen.enteredNumber.shown) assert.ok(on('S5') || variant.entry === 'F12', variant.id);
      for (const [option, plan] of Object.entries(screen.plans)) {
        assert.equal(plan.record, option !== 'none', variant.id);
        assert.equal(plan.association.enteredNumber, variant.entry === 'F12', variant.id);
      }
    }
  });

  it('F15 each scenario has the data that its variant names', () => {
    const live = new Set(['new', 'open', 'pending', 'hold']);
    for (const { variant, outcome } of outcomes) {
      if ('impossible' in outcome) {
        assert.throws(() => scenario(variant), RangeError, variant.id);
        continue;
      }
      const data = scenario(variant);
      const people = new Set(data.contacts.map(({ id }) => id));
      assert.ok(
        data.tickets.every(({ contactId }) => people.has(contactId)),
        variant.id,
      );
      assert.ok(['solved', 'closed'].every((status) => data.tickets.some((ticket) => ticket.status === status)));
      const newestFirst = data.tickets
        .filter((ticket) => ticket.contactId === ADA && live.has(ticket.status))
        .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))
        .map(({ id }) => id);
      const { L1, L2, L3, L4 } = TICKET_IDS;
      assert.deepEqual(newestFirst, { '0': [], '1': [L1], several: [L1, L2, L3, L4] }[variant.live], variant.id);
      const latestFirst = [...data.contacts].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
      const called = data.numberToEnter?.e164;
      const holders = latestFirst.filter(({ phoneNumbers }) => called && phoneNumbers.includes(called));
      if (called) assert.equal(holders.length, { '0': 0, '1': 1, several: holders.length }[variant.contacts]);
      if (data.contactChoices) assert.equal(holders[1]?.id, ADA, variant.id);
      for (const screen of screens(outcome)) {
        const offered = [...screen.contact.options, ...screen.ticket.options];
        const known = new Set([...people, ...data.tickets.map(({ id }) => id), 'new', 'none']);
        assert.ok(
          offered.every((id) => known.has(id)),
          variant.id,
        );
        if (variant.entry === 'F11' && data.contactChoices)
          assert.deepEqual(screen.contact.options, [...holders.map(({ id }) => id), 'new'], variant.id);
      }
    }
    assert.notEqual(GIVEN_TICKET.several, TICKET_IDS.L1);
  });

  it('F15 has 144 stories of settings × data: F11 with ticket entry off, F9 for the 32 impossible ones', () => {
    assert.equal(new Set(STORY_VARIANTS.map(({ id }) => id)).size, 144);
    assert.equal(STORY_VARIANTS.filter(({ entry }) => entry === 'F9').length, 32);
    assert.ok(STORY_VARIANTS.every((variant) => 'details' in expectedOutcome(variantById(variant.id))));
  });
});
