/**
 * @module
 */
import { QRCodeSVG } from 'qrcode.react';
import { RichText } from '../../ui/rich-text.tsx';
import { t } from '../../language/translate.ts';
import { useOwn, useParts, useStudio } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog, DialogBody } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { isOnThisComputerOnly } from './address-reach.ts';

/** The publish address as a QR code, for phones. */
export function QrDialog({ ingestId }: { readonly ingestId: string }) {
  const { own } = useParts();
  const ingest = useStudio(({ view }) => view.ingests.find(({ id }) => id === ingestId));
  const discreet = useOwn((state) => state.discreet);
  if (ingest === undefined) return null;
  return (
    <Dialog
      title={t('Connect a phone to {{name}}', { name: ingest.name })}
      description={t(
        'Scan this with the camera or with the streaming app of the phone. It holds the stream key: show it to nobody.',
      )}
      onClose={() => {
        closeDialog(own);
      }}
    >
      <DialogBody>
        <div className="flex flex-col items-center gap-4">
          {isOnThisComputerOnly(ingest.serverUrl) && <OnlyHereNotice />}
          {discreet ? (
            <Notice tone="info">{t('Keys and addresses are hidden, and so is the code.')}</Notice>
          ) : (
            <AddressQr url={ingest.publishUrl} className="size-56" />
          )}
          <CopyButton
            text={ingest.publishUrl}
            label={t('Copy the whole address')}
            words={t('Copy the whole address')}
          />
        </div>
      </DialogBody>
    </Dialog>
  );
}

/** Dark on light with a quiet margin in every theme: scanners need it. */
export function AddressQr({ url, className = '' }: { readonly url: string; readonly className?: string }) {
  return (
    <div className={`rounded-xl bg-white p-3 ${className}`}>
      <QRCodeSVG
        value={url}
        size={256}
        marginSize={1}
        className="size-full"
        title={t('Publish address as a QR code')}
      />
    </div>
  );
}

/** A phone cannot reach an address that means "this computer". */
export function OnlyHereNotice() {
  return (
    <Notice tone="warning">
      <RichText
        text={t(
          'This address works on this computer only. To let phones and other computers in, start the studio with <code>{{flag}}</code>.',
          { flag: '--rtmp-host 0.0.0.0' },
        )}
      />
    </Notice>
  );
}
