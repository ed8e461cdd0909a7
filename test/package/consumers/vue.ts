import 'ccai-agent-adapter';
import type { CcaiEvent, SettingsInput } from 'ccai-agent-adapter';
import { createApp, defineComponent, shallowRef } from 'vue';
import { host, telephony } from './ports.js';

const App = defineComponent({
  setup() {
    const settings = shallowRef<SettingsInput>({});
    const output = shallowRef('');
    const there = shallowRef(true);
    return {
      host,
      telephony,
      settings,
      output,
      there,
      ready: () => (output.value += 'ready '),
      dial: ({ detail }: CcaiEvent<'ccai-dial'>) => (output.value += `dial:${detail.request.from} `),
      quiet: () => (settings.value = { calls: { recording: false } }),
    };
  },
  template: `
    <ccai-agent-adapter v-if="there" :host :telephony :settings locale="en" @ccai-ready="ready" @ccai-dial="dial" />
    <output id="output">{{ output }}</output>
    <button @click="quiet">Do not record</button>
    <button @click="there = false">Unmount</button>
  `,
});

const app = createApp(App);
app.config.compilerOptions.isCustomElement = (tag) => tag.startsWith('ccai-');
app.mount('#app');
