/** Somebody in a call. */
export interface Participant {
  id: string;
  kind: 'customer' | 'agent' | 'outside';
  label: string;
  held: boolean;
}

/** Where a call can be transferred to. `id`: for an agent the CRM's user id, for `outside` a number. */
export interface TransferTarget {
  kind: 'queue' | 'agent' | 'outside';
  id: string;
  label: string;
}
