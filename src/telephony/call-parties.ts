/** A person in a call. */
export interface Participant {
  id: string;
  kind: 'customer' | 'agent' | 'outside';
  label: string;
  held: boolean;
}

/** The target of a transfer. `id`: the CRM's user id of an agent, the platform's id of a queue, or an outside number. */
export interface TransferTarget {
  kind: 'queue' | 'agent' | 'outside';
  id: string;
  label: string;
  /** A16: whether an agent can take a call now. Absent if the platform does not tell. */
  presence?: 'available' | 'busy' | 'away';
  /** A16: how many calls wait in a queue. Absent if the platform does not tell. */
  waiting?: number;
}
