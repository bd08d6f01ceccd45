/**
 * @module
 */
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { codecLine } from './codec-line.ts';

/** Who sends, from where, and what. */
export function EncoderLines({ ingest }: { readonly ingest: Ingest }) {
  const { encoder, testSignal, health, state, onAir } = ingest;
  if (state === 'waiting') {
    return <p className="text-xs text-soft">{t('No encoder is connected.')}</p>;
  }
  if (state === 'holding') return null;
  const absent = encoder === null && onAir === 'backup';
  const name = absent
    ? t('The main encoder is not connected.')
    : testSignal
      ? t('Test signal')
      : (encoder?.software ?? t('Encoder without a name'));
  return (
    <div className="flex flex-col gap-0.5 text-xs text-soft">
      <p className="break-words">{name}</p>
      {encoder !== null && !testSignal && <p className="text-faint">{encoder.address}</p>}
      <p className="break-words text-ink">{codecLine(health) ?? t('Measuring the stream…')}</p>
    </div>
  );
}
