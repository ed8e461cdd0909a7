import type { KnownSession } from './known-session.js';
import type { SipRow } from './sip-row.js';

/**
 * Reads the rows that earlier versions stored unencrypted in `localStorage`, for all SIP users of this browser. `remove`
 * deletes these rows.
 */
export function earlierRows(storage: Storage, scope: string): { rows: SipRow[]; remove: () => void } {
  const names = Object.keys(storage).filter((name) => name.startsWith(scope) || name.startsWith('ccai-sip:'));
  const read = (name: string) => JSON.parse(storage.getItem(name)!) as Omit<SipRow, 'session'> & KnownSession;
  const rows = names.flatMap((name): SipRow | [] => {
    try {
      const { agentId, presence, ...session } = read(name);
      if (!('session' in session)) return { scope: name, agentId: agentId!, presence: presence! };
      const ownerName = name.slice(0, -1 - session.session.id.length);
      return { scope: ownerName, agentId: read(ownerName).agentId!, session };
    } catch {
      return [];
    }
  });
  return { rows, remove: () => names.forEach((name) => storage.removeItem(name)) };
}
