/**
 * The studio's end of the contract, over any line.
 * @module
 */
import { z } from 'zod';
import { toStudioSchema, type FromStudio, type Refusal } from '../../src-shared/bridge/contract.ts';
import type { BridgeTransport } from '../../src-shared/bridge/transport.ts';
import { carryOutChecked, type BridgeOptions } from './carry-out-checked.ts';

/** A line that can say how much it has not got rid of yet. */
export type BridgeLine = BridgeTransport & {
  /** Bytes handed to `send` that the other end has not taken. */
  readonly backlogBytes: () => number;
};

/**
 * Bytes a line may be behind. A snapshot is some 100 kB and an update 1 kB, so whoever is this far behind does not
 * read any more; it is cut off and asks for the snapshot when it comes back.
 */
const MAX_BACKLOG_BYTES = 8 * 1024 * 1024;

/** A call that can at least be answered, whatever else is wrong with it. */
const numberedCallSchema = z.looseObject({ kind: z.literal('call'), callId: z.number() });
const NO_COMMAND: Refusal = {
  code: 'bad-request',
  message: 'command must be text: the name of a command.',
  field: 'command',
};

/** Answers calls and hands on updates until the line is gone. What is no message of the contract closes the line. */
export function serveBridge(line: BridgeLine, options: BridgeOptions): void {
  let closed = false;
  let unsubscribe: (() => void) | undefined;

  const end = (): void => {
    closed = true;
    unsubscribe?.();
    unsubscribe = undefined;
  };
  const send = (message: FromStudio): void => {
    if (closed) return;
    if (line.backlogBytes() > MAX_BACKLOG_BYTES) {
      options.log.write('warn', 'a window does not read its updates: its line is closed');
      end();
      line.close();
      return;
    }
    line.send(JSON.stringify(message));
  };
  const receive = async (text: string): Promise<void> => {
    const said = parseJson(text);
    const numbered = numberedCallSchema.safeParse(said);
    // Commands without arguments may leave them out.
    const message = toStudioSchema.safeParse(numbered.success ? { args: {}, ...numbered.data } : said);
    if (!message.success) {
      if (numbered.success) {
        send({ kind: 'refusal', callId: numbered.data.callId, refusal: NO_COMMAND });
        return;
      }
      options.log.write('warn', 'a message not of the contract: the line is closed');
      end();
      line.close();
      return;
    }
    if (message.data.kind === 'subscribe') {
      unsubscribe?.();
      unsubscribe = options.studio.subscribe((update) => {
        send({ kind: 'update', update });
      });
      // The line may have been cut while the snapshot was sent, before there was anything to take back.
      if (closed) end();
      return;
    }
    const { callId, command, args } = message.data;
    const outcome = await carryOutChecked(command, args, options);
    if (outcome.type === 'answer') send({ kind: 'answer', callId, value: outcome.value });
    else send({ kind: 'refusal', callId, refusal: outcome.refusal });
  };

  line.onClose(end);
  line.onMessage((text) => void receive(text));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
