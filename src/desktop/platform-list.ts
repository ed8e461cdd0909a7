import type { ListCommand, ListName, ListView } from '../machine/list-machine.js';
import type { SessionSummary, TransferTarget, Voicemail } from '../telephony/telephony.js';

export type { ListName };

/** What each list holds; `statistics`: a name and a number. */
export interface ListItems {
  history: SessionSummary;
  voicemails: Voicemail;
  directory: TransferTarget;
  statistics: readonly [name: string, value: number];
}

/** A list of the platform's, in this tab. */
export interface PlatformList<Item> {
  readonly view: ListView<Item>;
  /** Of contacts of the CRM that its items name, by their ids, as far as they are known. */
  readonly names: ReadonlyMap<string, string>;
  send(command: ListCommand): void;
}
