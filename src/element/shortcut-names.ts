export const shortcutNames = ['answer', 'mute', 'hold', 'end', 'dial', 'next'] as const;
export type ShortcutName = (typeof shortcutNames)[number];
