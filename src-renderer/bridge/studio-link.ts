/**
 * Keeps a line to the studio: opens it, subscribes, and heals it when it is lost.
 * This is the one layer that retries; a healed line starts from a new snapshot.
 * @module
 */
import { BridgeClient, RefusedError } from '../../src-shared/bridge/client.ts';
import type { CommandAnswer, CommandArgs, CommandName, Update } from '../../src-shared/bridge/contract.ts';
import type { BridgeTransport } from '../../src-shared/bridge/transport.ts';
import { NotLetInError } from './not-let-in-error.ts';

/** Delay before the first retry; short, because a restarted studio is back within a second. */
const FIRST_RETRY_MS = 500;
/** Longest delay: someone who restarts the studio by hand should not wait longer for the window. */
const LAST_RETRY_MS = 10_000;

/** How the line is. `nextTryAtMs` is null while a try is under way. */
export type LinkState =
  | { readonly type: 'connecting' }
  | { readonly type: 'up' }
  | {
      readonly type: 'lost';
      readonly attempt: number;
      readonly nextTryAtMs: number | null;
      readonly notLetIn: boolean;
    };

/** Time, handed in so that tests hold it. */
export type LinkTimer = {
  readonly now: () => number;
  /** Calls `run` once after `ms`; returns the way to call it off. */
  readonly after: (ms: number, run: () => void) => () => void;
};

export type StudioLinkOptions = {
  readonly open: () => Promise<BridgeTransport>;
  readonly onUpdate: (update: Update) => void;
  readonly onState: (state: LinkState) => void;
  readonly timer: LinkTimer;
};

/** What the window holds of the line. */
export type StudioLink = {
  /** @throws {RefusedError} When the studio says no, or cannot be reached. */
  readonly call: <K extends CommandName>(command: K, args: CommandArgs<K>) => Promise<CommandAnswer<K>>;
  /** Tries at once instead of at the end of the delay. */
  readonly retryNow: () => void;
};

/** Delay before try number `attempt` (1 is the first retry). */
export function retryDelayMs(attempt: number): number {
  return Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, attempt - 1));
}

/** Opens the line and keeps it for as long as the window lives. */
export function startStudioLink({ open, onUpdate, onState, timer }: StudioLinkOptions): StudioLink {
  let client: BridgeClient | null = null;
  let attempt = 0;
  let opening = false;
  let callOff: () => void = () => undefined;

  const lose = (notLetIn: boolean): void => {
    client = null;
    attempt += 1;
    const delayMs = retryDelayMs(attempt);
    onState({ type: 'lost', attempt, nextTryAtMs: timer.now() + delayMs, notLetIn });
    callOff = timer.after(delayMs, () => void tryOpen(notLetIn));
  };

  const tryOpen = async (wasNotLetIn: boolean): Promise<void> => {
    if (opening || client !== null) return;
    opening = true;
    if (attempt > 0) onState({ type: 'lost', attempt, nextTryAtMs: null, notLetIn: wasNotLetIn });
    try {
      const transport = await open();
      const next = new BridgeClient(transport, () => {
        lose(false);
      });
      client = next;
      next.subscribe((update) => {
        if (update.type === 'snapshot') {
          attempt = 0;
          onState({ type: 'up' });
        }
        onUpdate(update);
      });
    } catch (error) {
      lose(error instanceof NotLetInError);
    } finally {
      opening = false;
    }
  };

  onState({ type: 'connecting' });
  void tryOpen(false);
  return {
    call: (command, args) =>
      client === null ? Promise.reject(new RefusedError(NOT_REACHABLE)) : client.call(command, args),
    retryNow: () => {
      callOff();
      void tryOpen(false);
    },
  };
}

const NOT_REACHABLE = {
  code: 'studio-not-reachable',
  message: 'The studio is not reachable right now, so nothing was changed. Try again once it is back.',
  field: null,
};
