/**
 * @module
 */
import { useState } from 'react';
import { t } from '../../language/translate.ts';
import { useParts } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { askPermission, permission } from './notice-page.ts';

/** Whether this browser lets the window notify; nothing in the desktop program, which needs no leave. */
export function BrowserPermission() {
  const { inDesktopProgram } = useParts();
  const [given, setGiven] = useState(permission);
  if (inDesktopProgram || given === 'granted') return null;
  if (given === 'default') {
    return (
      <Button
        className="self-start"
        data-testid="notice-allow"
        onClick={() => {
          void askPermission().then(setGiven);
        }}
      >
        {t('Allow notifications in this browser…')}
      </Button>
    );
  }
  return (
    <Notice tone="info">
      {given === 'denied'
        ? t(
            'This browser was told not to let Relaydeck notify. Allow it in the settings of this page, left of the address.',
          )
        : t(
            'This browser gives no notifications from this address. Open the window on the relay’s own computer, or over https.',
          )}
    </Notice>
  );
}
