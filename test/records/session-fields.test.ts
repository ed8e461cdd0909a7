import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FieldDefinition } from '../../src/domain/contact.js';
import { sessionFieldDefinitions } from '../../src/domain/session-fields.js';
import {
  endFields,
  ratingFields,
  startFields,
  unfitSessionFields,
  verificationFields,
} from '../../src/records/session-field-values.js';
import { chat, recordedOf, settingsOf } from './cases.js';

const types: readonly FieldDefinition['type'][] = [
  ...(['text', 'multiline', 'integer', 'decimal', 'checkbox', 'date', 'other'] as const),
];
const session = { ...chat, platformNumber: '+18005550100' };
const ended = { endedBy: 'agent', durations: { total: 19, talk: 9, hold: 4, wait: 6 } } as never;
const rating = (feedback: string) => ({ score: 4, feedback }) as never;

/** For a session field that is mapped to a ticket field of a type: the reported problem and the written value. */
function mapped(key: string, type: FieldDefinition['type'], feedback = 'Quick.\nThanks') {
  const settings = settingsOf({ tickets: { sessionFields: { [key]: '77' } } });
  const fields: readonly FieldDefinition[] = [{ on: 'ticket', id: '77', key: 'k', title: 'A field', type }];
  const known = recordedOf(session, { fields });
  const written = {
    ...startFields(known, settings),
    ...endFields(ended, known, settings),
    ...ratingFields(rating(feedback), known, settings),
    ...verificationFields(true, known, settings),
  };
  return { said: unfitSessionFields(settings, fields).map(({ message }) => message), value: written['77'] };
}

describe('unfitSessionFields', () => {
  for (const [at, { on, key }] of sessionFieldDefinitions.entries())
    if (on === 'ticket')
      it(`X${at + 1} ${key} is reported as not filled if, and only if, nothing is written`, () => {
        for (const type of types) {
          const { said, value } = mapped(key, type);
          assert.equal(said.length === 0, value !== undefined, `${key} in ${type}: ${said.join()} / ${value}`);
        }
      });

  it('X3 R16 a text field can hold a number, as with custom data, and no problem is reported', () => {
    assert.deepEqual(mapped('duration', 'text'), { said: [], value: '19' });
    assert.deepEqual(mapped('duration', 'decimal'), { said: [], value: 19 });
    assert.deepEqual(mapped('duration', 'date'), {
      said: [
        'Session field duration ("Duration (seconds)") is not filled: ticket field 77 ("A field") is of type date, not integer',
      ],
      value: undefined,
    });
  });

  it('X10 reports that a text field holds only one line of feedback', () => {
    const { said, value } = mapped('customer_feedback', 'text', 'Quick');
    assert.equal(value, 'Quick');
    assert.match(said[0]!, /^Session field customer_feedback .* is filled only with a single line: .* not multiline$/);
  });

  it('X3 names the missing field', () => {
    const settings = settingsOf({ tickets: { sessionFields: { duration: '78' } } });
    assert.deepEqual(unfitSessionFields(settings, []), [
      {
        id: '78',
        message: 'Session field duration ("Duration (seconds)") is not filled: there is no ticket field 78',
      },
    ]);
  });
});
