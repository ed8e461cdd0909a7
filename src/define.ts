import { CcaiAgentAdapter } from './element/ccai-agent-adapter.js';
import { defineOnce } from './element/register.js';
import { CcaiAdapterSettings } from './element/settings/ccai-adapter-settings.js';

// On a server there is nothing to register with.
if (typeof customElements !== 'undefined') {
  defineOnce('ccai-agent-adapter', CcaiAgentAdapter);
  defineOnce('ccai-adapter-settings', CcaiAdapterSettings);
}

export * from './index.js';
