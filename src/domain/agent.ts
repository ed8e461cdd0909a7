/** The person who works in the panel. `id` is always the CRM's user id. `teams` are team ids. */
export interface Agent {
  id: string;
  name: string;
  email?: string;
  teams: readonly string[];
  canAdminister?: boolean;
}
