/**
 * @module
 */
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { AddressLine } from './address-line.tsx';

export type IngestAddressProps = {
  readonly ingest: Ingest;
  /** Put before the test ids, so that those of the card stay the only ones. */
  readonly testPrefix?: string;
};

/** What goes into the encoder: server address and stream key, each with its copy button. */
export function IngestAddress({ ingest, testPrefix = '' }: IngestAddressProps) {
  return (
    <dl className="flex flex-col gap-2">
      <AddressLine
        label={t('Server')}
        what={t('server')}
        value={ingest.serverUrl}
        secret={false}
        valueTestId={`${testPrefix}server-url`}
        copyTestId={`${testPrefix}copy-server-url`}
      />
      <AddressLine
        label={t('Stream key')}
        what={t('stream key')}
        value={ingest.streamKey}
        secret
        valueTestId={`${testPrefix}stream-key`}
        copyTestId={`${testPrefix}copy-stream-key`}
      />
    </dl>
  );
}
