// The page in the navigation bar, on which an administrator changes the settings.
import '../../define.js';
import { defaultSettings, type Settings, type SettingsInput } from '../../domain/settings.js';
import type { ZendeskHost } from '../zendesk-host.js';
import { button, connectPage, element, message, place, reasonOf, runPage, type Words } from './page.js';

void runPage(async () => {
  const { host, words, locale } = await connectPage();
  const [{ canAdminister }, { simulated }] = await Promise.all([host.getAgent(), import('./telephony.js')]);
  document.title = words.settings.title;
  if (!canAdminister) {
    document.body.replaceChildren(place(words.settings.forAdministrators, 'status'));
    return;
  }
  let stored: SettingsInput = {};
  let unreadable = '';
  try {
    stored = await host.getSettings();
  } catch {
    unreadable = words.settings.unreadable;
  }
  document.body.replaceChildren(settingsPage({ host, words, locale, stored, unreadable, simulated }));
});

interface SettingsPage {
  host: ZendeskHost;
  words: Words;
  locale: string;
  stored: SettingsInput;
  /** The message for stored settings that could not be read. Empty: they could be read. */
  unreadable: string;
  simulated: boolean | undefined;
}

function settingsPage({ host, words: all, locale, stored, unreadable, simulated }: SettingsPage) {
  const { settings: words } = all;
  const page = element('main', '');
  page.className = 'settings';
  const scrolls = element('div', '');
  const form = document.createElement('ccai-adapter-settings');
  Object.assign(form, { locale, host, settings: stored });
  if (simulated) {
    const note = element('p', words.simulated);
    note.className = 'note';
    scrolls.append(note);
  }
  scrolls.append(form);
  const footer = element('footer', '');
  const state = element('span', unreadable);
  state.setAttribute('role', 'status');
  // The form shows the defaults for unreadable settings, and Save replaces the stored settings with them.
  let changed: Settings | undefined = unreadable ? defaultSettings : undefined;
  const save = button(words.save, () => void store());
  save.className = 'main';
  save.disabled = changed === undefined;
  const store = async (): Promise<void> => {
    const saved = changed;
    if (!saved) return;
    save.disabled = true;
    state.replaceChildren(words.saving);
    try {
      await host.saveSettings(saved);
      // A change that was made during the save is still unsaved.
      if (changed === saved) changed = undefined;
      state.replaceChildren(changed ? words.unsaved : words.saved);
    } catch (error) {
      state.replaceChildren(message(words.notSaved, reasonOf(error, all)));
    }
    save.disabled = changed === undefined;
  };
  form.addEventListener('ccai-settings-change', ({ detail }) => {
    changed = detail.settings;
    save.disabled = false;
    state.replaceChildren(words.unsaved);
  });
  // Another page of this tab has saved settings. The form shows them unless it has unsaved changes.
  host.onSettingsChange((settings) => {
    if (changed) state.replaceChildren(words.changedElsewhere);
    else form.settings = settings;
  });
  footer.append(state, save);
  page.append(scrolls, footer);
  return page;
}
