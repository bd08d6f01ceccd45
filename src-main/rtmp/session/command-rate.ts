/**
 * How many commands a connection may send: a bucket that holds a burst and fills up with time.
 * @module
 */
import { ProtocolError } from '../../bytes/protocol-error.ts';
import { MAX_COMMAND_BURST, MAX_COMMANDS_PER_SECOND } from '../limits.ts';

/** See the module's words. One per connection. */
export class CommandRate {
  #left = MAX_COMMAND_BURST;
  /** When it was last filled up; undefined before the first command. */
  #filledAt: number | undefined;

  /**
   * One more command.
   * @param now ms on the caller's monotonic clock.
   * @throws {ProtocolError} `too-many-commands`
   */
  spend(now: number): void {
    const filledAt = this.#filledAt ?? now;
    const elapsedMs = Math.max(0, now - filledAt);
    this.#filledAt = filledAt + elapsedMs;
    this.#left = Math.min(MAX_COMMAND_BURST, this.#left + (elapsedMs * MAX_COMMANDS_PER_SECOND) / 1_000);
    if (this.#left < 1) {
      throw new ProtocolError(
        'too-many-commands',
        `more than ${MAX_COMMAND_BURST} commands at once, and then ${MAX_COMMANDS_PER_SECOND} a second`,
      );
    }
    this.#left -= 1;
  }
}
