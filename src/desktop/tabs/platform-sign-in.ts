import type { Agent } from '../../domain/agent.js';
import type { Settings } from '../../domain/settings.js';
import { stateAtSignIn, type LeaderState } from '../../machine/leader/leader-state.js';
import type { CallRules, TelephonyProfile } from '../../telephony/telephony.js';
import { readProfile } from '../profile-shape.js';
import type { TabOptions } from './tab-options.js';

/** The state that the leader shares with every tab. JSON. */
export interface LeaderSnapshot {
  state: LeaderState;
  profile: TelephonyProfile;
}

type PlatformSignInOptions = Pick<TabOptions, 'telephony' | 'settings' | 'emit' | 'notifyAgent'>;

type SnapshotListener = (now: LeaderSnapshot, before: LeaderSnapshot | undefined) => void;

/** This tab's sign-in to the platform, and the snapshot that this tab shows. A follower shows the leader's snapshot. */
export class PlatformSignIn {
  /** Undefined until this tab has signed in or the leader has sent a snapshot. */
  snapshot: LeaderSnapshot | undefined;
  readonly #options: PlatformSignInOptions;
  readonly #listeners = new Set<SnapshotListener>();
  #signedIn: Promise<void> | undefined;

  constructor(options: PlatformSignInOptions) {
    this.#options = options;
  }

  /** Resolves when the current sign-in is done. Undefined if this tab is not signed in. */
  get signedIn(): Promise<void> | undefined {
    return this.#signedIn;
  }

  /** Rejects with the platform's error. */
  signIn(agent: Agent): Promise<void> {
    const { telephony, settings, notifyAgent } = this.#options;
    const signingIn = (async () => {
      const profile = readProfile(await telephony.connect(agent, callRules(settings())));
      const { loggedOut: _l, ...before } = this.snapshot?.state ?? stateAtSignIn(profile);
      this.snapshot = { profile, state: { ...before, status: profile.status, connection: 'up' } };
      notifyAgent({ type: 'profile.changed', profile });
    })();
    this.#signedIn = signingIn;
    signingIn.catch(() => (this.#signedIn = undefined));
    return signingIn;
  }

  async signOut(): Promise<void> {
    if (!this.#signedIn) return;
    this.#signedIn = undefined;
    // If the platform rejects, the tab is signed out all the same.
    await this.#options.telephony.disconnect().catch(() => undefined);
  }

  /** Shows the snapshot in this tab. If this tab leads, the other tabs get it too. */
  show(snapshot: LeaderSnapshot): void {
    const before = this.snapshot;
    this.snapshot = snapshot;
    const isSame = (one: TelephonyProfile, other: TelephonyProfile) =>
      one === other || JSON.stringify(one) === JSON.stringify(other);
    if (before && !isSame(before.profile, snapshot.profile))
      this.#options.notifyAgent({ type: 'profile.changed', profile: snapshot.profile });
    for (const listener of [...this.#listeners]) listener(snapshot, before);
  }

  subscribe(listener: SnapshotListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setRules(): void {
    const { telephony, settings, emit } = this.#options;
    if (!this.#signedIn) return;
    telephony.setRules(callRules(settings())).catch((cause: unknown) => {
      const message = 'The platform did not take the new call rules.';
      emit({ type: 'error', code: 'rules-refused', message, cause });
    });
  }
}

/** S14, S16: the rules that the platform enforces. */
const callRules = ({ calls }: Settings): CallRules => ({
  record: calls.recording,
  autoAnswer: calls.autoAnswer,
  wrapUpSeconds: calls.wrapUpSeconds,
  maxChats: calls.maxChats,
});
