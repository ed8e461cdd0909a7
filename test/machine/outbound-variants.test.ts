import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadPhoneNumbers } from '../../src/domain/phone-loader.js';
import { optionValue } from '../../src/domain/ticket-choice.js';
import type { OutboundForm } from '../../src/machine/outbound/form.js';
import { counts, expectedOutcome, type Details, type ExpectedPlan } from '../support/expected-variants.js';
import { OutboundWalk } from '../support/outbound-walk.js';
import { scenario, VARIANTS, type Variant } from '../support/variants.js';

before(async () => void (await loadPhoneNumbers()));

/** The form in the terms of the table. */
function detailsOf({ snapshot, form }: OutboundWalk): Omit<Details, 'plans'> {
  const { contact, ticket, entered, reading, missing } = form;
  const id = (choice: OutboundForm['contact']['selected']) => (typeof choice === 'object' ? choice.id : choice);
  const options = contact.options.map((option) => (option === 'new' ? 'new' : option.contact.id));
  return {
    contact: {
      selected: id(contact.selected),
      options: contact.readOnly ? options.filter((option) => option === id(contact.selected)) : options,
      readOnly: contact.readOnly,
    },
    ticket: {
      display: ticket.changeable
        ? 'read-only-with-change'
        : ticket.kind === 'undecided'
          ? 'empty-disabled'
          : ticket.kind,
      options: ticket.options.map(optionValue),
      selected: ticket.selected && optionValue(ticket.selected),
    },
    enteredNumber: entered,
    number: reading.state === 'number' ? reading.number : undefined,
    missing: missing.map(({ code }) => code) as Details['missing'],
    notices: [
      ...snapshot.context.notices.map(({ code }) => code).filter((code) => code === 'ticket-not-live'),
      ...(contact.noneFound ? ['no-contact' as const] : []),
    ] as Details['notices'],
    canCall: form.plan !== undefined,
  };
}

/** Opens a variant up to the filled details screen or its refusal. */
async function open(variant: Variant): Promise<OutboundWalk> {
  const data = scenario(variant);
  const walk = await new OutboundWalk(data).settle();
  if (variant.entry === 'F11') {
    if (data.ticketPrompt === 'skip') await walk.send({ type: 'skip' });
    else if (data.ticketPrompt)
      await walk.send({ type: 'typeTicket', text: data.ticketPrompt.enter }, { type: 'next' });
    if (data.numberToEnter) await walk.send({ type: 'typeNumber', text: data.numberToEnter.typed }, { type: 'next' });
  }
  // F12 begins with number entry. Back shows the details screen without a number.
  if (walk.snapshot.matches({ filling: { screen: 'keypad' } })) await walk.send({ type: 'back' });
  return walk;
}

async function callWith(variant: Variant, prepare: (walk: OutboundWalk) => Promise<unknown>, option: string) {
  const walk = await open(variant);
  await prepare(walk);
  if (variant.entry === 'F12') {
    const { typed } = scenario(variant).numberToEnter!;
    await walk.send({ type: 'openKeypad' }, { type: 'typeNumber', text: typed }, { type: 'next' });
  }
  await walk.send({ type: 'chooseTicket', value: option }, { type: 'call' });
  assert.equal(walk.snapshot.status, 'done', `${variant.id}: Call with ${option} reaches the platform`);
  assert.equal(walk.plans.length, 1);
  const { number, association, record, language, outboundNumber } = walk.plans[0]!;
  return { number, association, record, language, outboundNumber } satisfies ExpectedPlan | object;
}

async function checkDetails(variant: Variant, expected: Details, prepare: (walk: OutboundWalk) => Promise<unknown>) {
  const walk = await open(variant);
  await prepare(walk);
  assert.ok(walk.snapshot.matches({ filling: { screen: 'details' } }), `${variant.id} fills the details screen`);
  const { plans, ...screen } = expected;
  assert.deepEqual(detailsOf(walk), screen, variant.id);
  if (!expected.canCall) {
    await walk.send({ type: 'call' });
    assert.equal(walk.plans.length, 0, `${variant.id} does not dial while something is missing`);
  }
  for (const [option, plan] of Object.entries(plans))
    assert.deepEqual(await callWith(variant, prepare, option), plan, `${variant.id} with ${option}`);
}

const nothing = async () => {};

async function check(variant: Variant): Promise<'impossible' | 'walked'> {
  const expected = expectedOutcome(variant);
  if ('impossible' in expected) return 'impossible';
  if ('details' in expected) {
    await checkDetails(variant, expected.details, nothing);
    const { contactChoices } = scenario(variant);
    if (expected.whenChosen && contactChoices) {
      const [second] = contactChoices;
      await checkDetails(variant, expected.whenChosen.second, (walk) =>
        walk.send({ type: 'chooseContact', value: second }),
      );
      await checkDetails(variant, expected.whenChosen.new, (walk) =>
        walk.send({ type: 'chooseContact', value: 'new' }),
      );
    }
    return 'walked';
  }
  const walk = await open(variant);
  if (expected.refused === 'T6') {
    assert.equal(walk.snapshot.value, 'refused', variant.id);
  } else {
    assert.ok(walk.snapshot.matches({ ticketEntry: 'asking' }), variant.id);
    const { ticketRefusal } = walk.snapshot.context;
    assert.deepEqual(ticketRefusal, { code: 'not-live', ...expected.concerns }, variant.id);
    assert.equal(walk.snapshot.can({ type: 'skip' }), expected.waysOut.includes('skip'), variant.id);
    if (expected.afterSkip)
      await checkDetails(variant, expected.afterSkip, (skipping) => skipping.send({ type: 'skip' }));
  }
  await walk.send({ type: 'cancel' });
  assert.deepEqual(walk.snapshot.output, { outcome: 'cancelled' }, variant.id);
  assert.equal(walk.plans.length, 0, `${variant.id} dials nothing`);
  return 'walked';
}

describe('F15 each variant ends with its plan or its refusal', () => {
  for (const entry of ['F9', 'F10', 'F11', 'F12'] as const)
    for (const ticketEntry of ['off', 'optional', 'mandatory'] as const) {
      const variants = VARIANTS.filter((variant) => variant.entry === entry && variant.ticketEntry === ticketEntry);
      it(`F15 ${entry}, ticket entry ${ticketEntry}: ${variants.length} variants`, async () => {
        for (const variant of variants) await check(variant);
      });
    }

  it('F15 counts 1,664 walked variants and lists 64 impossible ones with the reason', async () => {
    let walked = 0;
    for (const variant of VARIANTS) {
      const expected = expectedOutcome(variant);
      if ('impossible' in expected) assert.ok(expected.impossible.length > 20);
      else walked++;
    }
    assert.deepEqual({ walked, impossible: VARIANTS.length - walked }, { walked: counts.counted, impossible: 64 });
  });
});
