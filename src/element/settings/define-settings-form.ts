import { defineOnce } from '../register.js';
import { CustomFields } from './custom-fields.js';
import { DispositionsEditor } from './dispositions-editor.js';
import { PairsEditor } from './pairs-editor.js';
import { Combobox } from '../parts/combobox.js';
import { RecordExample } from './record-example.js';
import { SettingsForm } from './form.js';

/** Registers the form and its parts. The element loads this file when it is first on a page. */
export function defineSettingsForm(): void {
  defineOnce('ccai-combobox', Combobox);
  defineOnce('ccai-settings-pairs', PairsEditor);
  defineOnce('ccai-settings-dispositions', DispositionsEditor);
  defineOnce('ccai-settings-custom-fields', CustomFields);
  defineOnce('ccai-settings-record-example', RecordExample);
  defineOnce('ccai-settings-form', SettingsForm);
}
