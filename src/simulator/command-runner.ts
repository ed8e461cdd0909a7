import type { Capability } from '../telephony/telephony.js';
import { TelephonyError } from '../telephony/telephony-error.js';
import { capabilityOf } from './capability-of.js';
import type { PlatformContext } from './platform-context.js';
import { withTrouble, type Command, type CommandTrouble } from './trouble.js';

/** Runs the commands of a panel, or refuses them as a platform would. */
export class CommandRunner {
  /** The failures of the commands from now on. */
  trouble: CommandTrouble = {};
  #context: PlatformContext;

  constructor(context: PlatformContext) {
    this.#context = context;
  }

  /** Runs a command. Rejects without a connection, without a signed-in agent, or without the needed capability. */
  run<T>(command: Command, work: () => T, needs: Capability | undefined = capabilityOf[command]): Promise<T> {
    const { timers, profile } = this.#context;
    return withTrouble(this.trouble, timers, command, () => {
      if (!this.#context.online) throw new TelephonyError('offline', 'There is no connection to the platform.');
      if (command !== 'connect' && !this.#context.isSignedInHere)
        throw new TelephonyError('not-available', `${command}: no agent is signed in; call connect() first.`);
      if (needs && !profile.capabilities.includes(needs))
        throw new TelephonyError(
          'unsupported',
          `The embedded platform cannot ${command}: it does not have the capability "${needs}".`,
        );
      return work();
    });
  }
}
