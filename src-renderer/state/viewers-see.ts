/**
 * What the viewers of an ingest's targets see, in words.
 * @module
 */
import type { Ingest } from '../../src-shared/model/ingest.ts';
import { t } from '../language/translate.ts';

type OnAir = NonNullable<Ingest['onAir']>;

/** What is on air, as the object of "Viewers see"; null: nothing. */
export function onAirWords(ingest: Pick<Ingest, 'onAir' | 'testSignal' | 'holdPictureFile'>): string | null {
  const { onAir, testSignal, holdPictureFile } = ingest;
  if (onAir === null) return null;
  const words: Readonly<Record<OnAir, string>> = {
    main: testSignal ? t('the test signal') : t('the main encoder'),
    backup: t('the backup encoder'),
    freeze: t('the last picture, standing still'),
    slate: holdPictureFile === '' ? t('the “Back in a moment” picture') : t('your own picture'),
  };
  return words[onAir];
}

/** How old what they see is, where that is on purpose: ", 30 s ago"; else empty. */
export function agoWords({ delay }: Pick<Ingest, 'delay'>): string {
  return delay.state === 'active' ? t(', {{seconds}} s ago', { seconds: delay.seconds }) : '';
}
