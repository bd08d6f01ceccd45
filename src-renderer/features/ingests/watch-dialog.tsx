/**
 * @module
 */
import { t } from '../../language/translate.ts';
import { useParts, useStudio } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { Dialog, DialogBody } from '../../ui/dialog.tsx';
import { AddressLine } from './address-line.tsx';
import { isOnThisComputerOnly } from './address-reach.ts';
import { OnlyHereNotice } from './qr-dialog.tsx';
import { playersWords, playUrl } from './watch-words.ts';

/** Where players fetch the stream of an ingest, as it comes in. */
export function WatchDialog({ ingestId }: { readonly ingestId: string }) {
  const { own } = useParts();
  const ingest = useStudio(({ view }) => view.ingests.find(({ id }) => id === ingestId));
  if (ingest === undefined) return null;
  const players = playersWords(ingest);
  return (
    <Dialog
      title={t('Watch {{name}}', { name: ingest.name })}
      description={t(
        'Open this address in VLC, or add it to OBS or vMix as a media source. Whoever has it can watch, but cannot send.',
      )}
      onClose={() => {
        closeDialog(own);
      }}
      testId="watch-dialog"
    >
      <DialogBody>
        <div className="flex flex-col gap-4">
          {isOnThisComputerOnly(ingest.serverUrl) && <OnlyHereNotice />}
          <dl>
            <AddressLine
              label={t('Play address')}
              what={t('play address')}
              value={playUrl(ingest)}
              secret
              valueTestId="play-url"
              copyTestId="copy-play-url"
            />
          </dl>
          <p role="status" className="text-sm text-soft">
            {players === null
              ? t('No player is watching now.')
              : t('Watching now: {{players}}.', { players })}
          </p>
        </div>
      </DialogBody>
    </Dialog>
  );
}
