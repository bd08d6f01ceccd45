/**
 * @module
 */
import { Fragment } from 'react';
import { t } from '../../language/translate.ts';
import { capWords, SHORTCUTS, type Shortcut } from '../../state/shortcuts.ts';
import { useOwn, useParts } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The keyboard map, and the way to switch the single letters off. */
export function KeysDialog() {
  const { own } = useParts();
  const letterKeys = useOwn((state) => state.letterKeys);
  const close = () => {
    closeDialog(own);
  };
  return (
    <Dialog
      title={t('Keyboard')}
      description={t('Everything here can be done without a mouse. These keys are shorter ways.')}
      onClose={close}
      testId="keys-dialog"
    >
      <DialogBody>
        <div className="flex flex-col gap-4">
          <dl className="flex flex-col">
            {SHORTCUTS.map((shortcut) => (
              <ShortcutRow key={shortcut.id} shortcut={shortcut} off={shortcut.isCharacter && !letterKeys} />
            ))}
          </dl>
          <OrderByKeys />
          <CheckField
            label={t('Single letters, digits and signs are shortcuts')}
            hint={t('Switch them off if you dictate, or press them by accident. Never while you type.')}
            checked={letterKeys}
            testId="letter-keys"
            onChecked={(checked) => {
              own.setState({ letterKeys: checked });
            }}
          />
        </div>
      </DialogBody>
      <DialogFoot>
        <Button onClick={close}>{t('Close')}</Button>
      </DialogFoot>
    </Dialog>
  );
}

type ShortcutRowProps = { readonly shortcut: Shortcut; readonly off: boolean };

function ShortcutRow({ shortcut: { id, caps, words }, off }: ShortcutRowProps) {
  // From the first to the last of them, where others are pressed together.
  const between = id === 'ingest' ? '–' : '+';
  return (
    <div className="flex items-baseline gap-4 border-b border-line py-1.5 text-sm" data-testid={`key-${id}`}>
      <dt className={classNames('w-24 shrink-0', off && 'text-soft line-through')}>
        <Caps caps={caps} between={between} />
      </dt>
      <dd className={classNames('min-w-0', off && 'text-soft')}>
        {words()}
        {off && ` (${t('switched off')})`}
      </dd>
    </div>
  );
}

/** Priority is moved at the row itself: there is no key for it that would not need a row first. */
function OrderByKeys() {
  return (
    <section aria-labelledby="order-keys" className="flex flex-col gap-1.5 text-sm">
      <h3 id="order-keys" className="font-semibold">
        {t('Priority of a target')}
      </h3>
      <p className="text-soft">
        {t(
          'Go to the grip in front of its name with Tab. Enter opens a menu of moves; these move it at once:',
        )}
      </p>
      <p className="flex flex-wrap gap-x-4 gap-y-1">
        <span>
          <Caps caps={['Alt', '↑']} /> {t('up')}
        </span>
        <span>
          <Caps caps={['Alt', '↓']} /> {t('down')}
        </span>
      </p>
    </section>
  );
}

function Caps({ caps, between = '+' }: { readonly caps: readonly string[]; readonly between?: string }) {
  return caps.map((cap, index) => (
    <Fragment key={cap}>
      {index > 0 && <span className="mx-1 text-faint">{between}</span>}
      <kbd className="inline-flex h-6 min-w-6 items-center justify-center rounded border border-edge bg-raised px-1.5 font-mono text-xs">
        {capWords(cap, IS_MAC)}
      </kbd>
    </Fragment>
  ));
}
