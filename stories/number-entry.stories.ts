import type { Meta } from '@storybook/web-components-vite';
import type { SettingsInput } from '../src/domain/settings.js';
import { numbers } from './support/people.js';
import type { Row, Step } from './support/stage.js';
import { click, dial, enter, open, press } from './support/steps.js';
import { story } from './support/story.js';

/** F4, F14: numbers that are typed, entered by the keypad, or pasted. */
export default { title: 'Number entry' } satisfies Meta;

const asked = (steps: readonly Step[], expects: Row['expects'], settings: SettingsInput = {}) =>
  story({ settings, steps: [press('Dial a number'), ...steps], expects });
const typed = (number: string, expects: Row['expects'], outbound: SettingsInput['outbound'] = {}) =>
  asked([enter('Phone number', number)], expects, { outbound });
const goesOn = { role: 'button', name: 'Next', disabled: false } as const;
const waits = { role: 'button', name: 'Next', disabled: true } as const;

export const Empty = asked([], ['You can also paste a number.', waits]);

export const Typing = typed('(415) 555-26', ['2 digits are missing', waits]);

export const KeysPressed = asked(
  ['4', '1', '5'].map((key) => press(key)),
  [{ role: 'textbox', name: 'Phone number', value: '415' }],
);

export const Complete = typed(numbers.mia, ['+1 415 555 2671 · United States', goesOn]);

export const WithExtension = typed('+44 20 7946 0321 ext. 123', ['United Kingdom', goesOn]);

export const TooShort = typed('4155', ['digits are missing', waits]);

export const TooLong = typed('4155552671 99999', ['The number is too long (United States).', waits]);

export const Letters = typed('1-800-FLOWERS', ['You can’t dial letters.', waits]);

export const NotANumber = typed('???', ['This isn’t a phone number.', waits]);

export const PossibleButInvalid = typed('+1 415 055 0132', ['This number may not exist (United States).', goesOn]);

export const UnknownCountry = typed('+999 123 456 789', ['No country has this code.', waits]);

export const ExtensionTooLong = typed('(415) 555-2671 ext. 1234567890123', ['The extension is too long', waits]);

export const LongNumber = typed('+49 30 901820 123456 ext. 12345678901', [
  { role: 'textbox', name: 'Phone number', value: '+49 30 901820 123456 ext. 12345678901' },
]);

export const EmergencyRefused = typed('911', ['You can’t call emergency numbers here.', waits]);

export const EmergencyConfirmedLater = typed('911', ['911 is an emergency number.', goesOn], {
  emergencyNumbers: 'confirm',
});

export const PremiumRefused = typed(
  numbers.premium,
  ['Your company doesn’t allow calls to premium-rate numbers.', waits],
  {
    premiumNumbers: 'refuse',
  },
);

export const RefusedPrefix = typed('+882 16 1234 567', ['Your company doesn’t allow calls to this number.', waits], {
  refusedPrefixes: ['+882'],
});

export const ShortNumber = typed('4155', ['4155 is a short number and is dialled as is.', goesOn], {
  shortNumbers: ['4155'],
});

export const CountryList = asked([open('Country')], [{ role: 'option', name: 'United States +1' }]);

export const CountrySearched = asked(
  [open('Country'), enter('Country', 'ger', 'combobox')],
  [{ role: 'option', name: 'Germany +49' }],
);

export const CountryNotFound = asked([open('Country'), enter('Country', 'xyzzy', 'combobox')], ['No country found.']);

export const CountryChosen = asked(
  [
    open('Country'),
    enter('Country', 'ger', 'combobox'),
    click('option', 'Germany +49'),
    enter('Phone number', '030 23125044'),
  ],
  ['Germany', goesOn],
);

export const FromTheKeypad = story({
  steps: [dial({ from: 'contact', contactId: '2001', number: numbers.mia }), press('Keypad')],
  expects: [{ role: 'textbox', name: 'Phone number', value: '(415) 555-2671' }, goesOn],
});
