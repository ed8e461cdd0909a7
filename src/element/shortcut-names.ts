export const shortcutNames = ['answer', 'mute', 'hold', 'end', 'dial'] as const;
export type ShortcutName = (typeof shortcutNames)[number];
