import type { KnownSession } from './known-session.js';
import type { SipRow } from './sip-row.js';

/**
 * Reads the rows that versions before the sealed store left unencrypted, of every SIP user of this browser. `remove`
 * deletes them.
 */
export function earlierRows(storage: Storage, scope: string): { rows: SipRow[]; remove: () => void } {
  const names = Object.keys(storage).filter((name) => name.startsWith(scope) || name.startsWith('ccai-sip:'));
  const read = (name: string) => JSON.parse(storage.getItem(name)!) as Omit<SipRow, 'session'> & KnownSession;
  const rows = names.flatMap((name): SipRow | [] => {
    try {
      const { agentId, presence, ...session } = read(name);
      if (!('session' in session)) return { scope: name, agentId: agentId!, presence: presence! };
      const owner = name.slice(0, -1 - session.session.id.length);
      return { scope: owner, agentId: read(owner).agentId!, session };
    } catch {
      return [];
    }
  });
  return { rows, remove: () => names.forEach((name) => storage.removeItem(name)) };
}
