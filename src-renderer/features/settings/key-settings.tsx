/**
 * @module
 */
import { KeyRound, LockKeyhole, LockKeyholeOpen } from 'lucide-react';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import type { StudioSettings } from '../../../src-shared/model/studio-state.ts';
import { t } from '../../language/translate.ts';
import { useStudio } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { AddressLine } from '../ingests/address-line.tsx';
import { useRenewKey } from '../ingests/use-renew-key.ts';
import { SettingsPart } from './settings-part.tsx';

/** What keys there are, and how they are kept. */
export function KeySettings({ keptBy }: { readonly keptBy: StudioSettings['keysKeptBy'] }) {
  const ingests = useStudio(({ view }) => view.ingests);
  return (
    <SettingsPart title={t('Keys')} hint={t('What lets encoders and players in, and how it is kept.')}>
      <HowKept keptBy={keptBy} />
      {ingests.map((ingest) => (
        <IngestKeys key={ingest.id} ingest={ingest} />
      ))}
      <p className="text-sm text-soft">
        {t('Keys of targets are written and never shown again. To change one, edit its target.')}
      </p>
    </SettingsPart>
  );
}

function HowKept({ keptBy }: { readonly keptBy: StudioSettings['keysKeptBy'] }) {
  const locked = keptBy === 'system';
  const Icon = locked ? LockKeyhole : LockKeyholeOpen;
  return (
    <div className="flex gap-2.5 rounded-xl border border-line bg-card p-3 text-sm" data-testid="keys-kept">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${locked ? 'text-good' : 'text-soft'}`} />
      <p>
        {locked
          ? t('Saved keys are locked by the key store of your system.')
          : t(
              'Saved keys are in a file that only your user of this computer may read, without a lock of their own.',
            )}
      </p>
    </div>
  );
}

function IngestKeys({ ingest }: { readonly ingest: Ingest }) {
  const { id, name, streamKey, backup, playKey } = ingest;
  const renew = useRenewKey(ingest);
  const line = (what: string, words: { readonly label: string; readonly what: string }, value: string) => (
    <AddressLine
      label={words.label}
      what={words.what}
      value={value}
      secret
      valueTestId={`keys-${what}`}
      copyTestId={`keys-copy-${what}`}
    />
  );
  return (
    <section aria-labelledby={`keys-${id}`} className="flex flex-col gap-2 border-t border-line pt-4">
      <h4 id={`keys-${id}`} className="text-sm font-medium wrap-anywhere">
        {name}
      </h4>
      <dl className="flex flex-col gap-2">
        {line('stream', { label: t('Stream key'), what: t('stream key') }, streamKey)}
        {backup !== null &&
          line(
            'backup',
            { label: t('Stream key of the backup encoder'), what: t('backup stream key') },
            backup.streamKey,
          )}
        {line('play', { label: t('Play key, for players on other devices'), what: t('play key') }, playKey)}
      </dl>
      <Button
        size="sm"
        className="self-start"
        data-testid="keys-renew"
        aria-label={t('Renew the stream key of {{name}}', { name })}
        onClick={renew}
      >
        <KeyRound aria-hidden className="size-3.5" /> {t('Renew the stream key…')}
      </Button>
    </section>
  );
}
