/**
 * @module
 */
import { t } from '../../language/translate.ts';
import { useParts } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { Dialog, DialogBody } from '../../ui/dialog.tsx';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { AddressLine } from '../ingests/address-line.tsx';
import { useAsked } from '../use-asked.ts';

/** How this window gets into OBS: the clicks, and the address to paste there. */
export function DockDialog() {
  const { own } = useParts();
  const { outcome } = useAsked('window.url', {});
  return (
    <Dialog
      title={t('Dock in OBS')}
      description={t('The same window beside your preview, from 320 pixels wide.')}
      onClose={() => {
        closeDialog(own);
      }}
      testId="dock-dialog"
    >
      <DialogBody>
        <div className="flex flex-col gap-4">
          <ol className="list-decimal space-y-1 pl-5 text-sm">
            <li>{t('In OBS, open Docks → Custom Browser Docks…')}</li>
            <li>{t('Give the dock a name, paste this address beside it, and press Apply.')}</li>
          </ol>
          <dl className="min-h-14">
            {outcome?.ok === true && (
              <AddressLine
                label={t('Address of the dock')}
                what={t('address of the dock')}
                value={new URL(outcome.value.url, window.location.href).href}
                secret
                valueTestId="dock-url"
                copyTestId="copy-dock-url"
              />
            )}
          </dl>
          <p className="text-sm text-soft">
            {t(
              'Whoever has it can steer this studio: keep it to yourself. It stays the same after a restart.',
            )}
          </p>
          <FormRefusal refusal={outcome === null || outcome.ok ? null : outcome.refusal} fields={[]} />
        </div>
      </DialogBody>
    </Dialog>
  );
}
