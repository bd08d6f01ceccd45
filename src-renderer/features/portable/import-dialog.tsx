/**
 * @module
 */
import { t } from '../../language/translate.ts';
import { useParts } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { ImportList } from './import-list.tsx';
import { ImportPassphrase, ImportSource } from './import-source.tsx';
import { useImport } from './use-import.ts';

/** Takes targets in from a file or from OBS, after a look at what would come. */
export function ImportDialog() {
  const { own } = useParts();
  const state = useImport();
  const count = state.chosen.size;
  const locked = state.plan?.keys === 'locked';
  return (
    <Dialog
      title={t('Import targets')}
      description={t('Nothing is changed before you confirm the list.')}
      onClose={() => {
        closeDialog(own);
      }}
      wide
      testId="import-dialog"
    >
      <DialogBody>
        <div className="flex flex-col gap-4">
          <ImportSource state={state} />
          <FormRefusal refusal={state.refusal} fields={locked ? ['passphrase'] : []} />
          <ImportPassphrase key={state.fileName} state={state} />
          <ImportList state={state} />
        </div>
      </DialogBody>
      <DialogFoot>
        <Button
          onClick={() => {
            closeDialog(own);
          }}
        >
          {t('Cancel')}
        </Button>
        <Button
          look="primary"
          data-testid="import-take"
          disabled={count === 0 || state.busy !== null}
          onClick={state.take}
        >
          {count === 0 ? t('Import') : t('Import {{count}} targets', { count })}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
