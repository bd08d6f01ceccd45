/**
 * What the viewers of an ingest's targets see, in words.
 * @module
 */
import type { Ingest } from '../../src-shared/model/ingest.ts';

type OnAir = NonNullable<Ingest['onAir']>;

/** What is on air, as the object of "Viewers see"; null: nothing. */
export function onAirWords(ingest: Pick<Ingest, 'onAir' | 'testSignal' | 'holdPictureFile'>): string | null {
  const { onAir, testSignal, holdPictureFile } = ingest;
  if (onAir === null) return null;
  const words: Readonly<Record<OnAir, string>> = {
    main: testSignal ? 'the test signal' : 'the main encoder',
    backup: 'the backup encoder',
    freeze: 'the last picture, standing still',
    slate: holdPictureFile === '' ? 'the “Back in a moment” picture' : 'your own picture',
  };
  return words[onAir];
}

/** How old what they see is, where that is on purpose: ", 30 s ago"; else empty. */
export function agoWords({ delay }: Pick<Ingest, 'delay'>): string {
  return delay.state === 'active' ? `, ${delay.seconds} s ago` : '';
}
