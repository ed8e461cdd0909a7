export { CcaiAgentAdapter } from './element/ccai-agent-adapter.js';
export { CcaiAdapterSettings } from './element/settings/ccai-adapter-settings.js';
export { CcaiEvent, type CcaiEventDetails } from './element/events.js';
export * from './types.js';
