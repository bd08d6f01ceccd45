/**
 * Decodes one keyframe onto a canvas. Made anew for each picture: nothing runs between two.
 * @module
 */
import type { Still } from './read-still.ts';

/** How long a decoder may take, ms: one that hangs must not hold up the others. */
const DECODE_MS = 3000;

/** Whether this browser, at this address, decodes single pictures at all: pages that are not encrypted may not. */
export function canDrawStills(): boolean {
  return 'VideoDecoder' in globalThis;
}

/** False: this browser has no decoder for it. */
export async function drawStill(still: Still, canvas: HTMLCanvasElement): Promise<boolean> {
  const { codec, description, keyframe } = still;
  const config = { codec, ...(description === undefined ? {} : { description }), optimizeForLatency: true };
  if (!(await VideoDecoder.isConfigSupported(config)).supported) return false;
  let failed = false;
  const decoder = new VideoDecoder({
    output: (frame) => {
      canvas.getContext('2d')?.drawImage(frame, 0, 0, canvas.width, canvas.height);
      frame.close();
    },
    error: () => {
      failed = true;
    },
  });
  try {
    decoder.configure(config);
    decoder.decode(new EncodedVideoChunk({ type: 'key', timestamp: 0, data: keyframe }));
    await Promise.race([decoder.flush(), new Promise((resolve) => setTimeout(resolve, DECODE_MS))]);
  } catch {
    failed = true;
  }
  if (decoder.state !== 'closed') decoder.close();
  return !failed;
}
