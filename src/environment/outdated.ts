/** Whether the store refuses because a newer version of the app has changed it, in another tab of this browser. */
export const isOutdated = (error: unknown): boolean =>
  (error as { name?: unknown } | undefined)?.name === 'VersionError';
