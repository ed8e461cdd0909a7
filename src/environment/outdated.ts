/** Whether the store rejects because another tab runs a newer version of the app, which has changed the database. */
export const isOutdated = (error: unknown): boolean =>
  (error as { name?: unknown } | undefined)?.name === 'VersionError';
