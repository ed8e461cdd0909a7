/** Who works in the panel. `id` is the CRM's user id, everywhere; `teams` are team ids. */
export interface Agent {
  id: string;
  name: string;
  email?: string;
  teams: readonly string[];
  canAdminister?: boolean;
}
