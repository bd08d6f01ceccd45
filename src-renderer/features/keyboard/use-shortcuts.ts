/**
 * @module
 */
import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { tinykeys } from 'tinykeys';
import { t } from '../../language/translate.ts';
import { mayFire, SHORTCUTS, type ShortcutId } from '../../state/shortcuts.ts';
import { useParts, type WindowParts } from '../../state/window-context.tsx';
import { say, undoNewest } from '../../state/window-store.ts';
import { focusKeyPlace, pressKeyPlace } from '../../ui/key-place.ts';

/** What takes letters itself: fields, and menus, which go to the entry that begins with one. */
const TAKES_LETTERS = 'input, textarea, select, [contenteditable], [role="menu"]';

/** Obeys the keyboard map as long as the component is there. */
export function useShortcuts(): void {
  const parts = useParts();
  useEffect(() => {
    const bindings = SHORTCUTS.flatMap((shortcut) =>
      shortcut.presses.map((press) => {
        const onPress = (event: KeyboardEvent): void => {
          const { letterKeys, dialog } = parts.own.getState();
          const typing = event.target instanceof Element && event.target.closest(TAKES_LETTERS) !== null;
          if (event.defaultPrevented || event.repeat) return;
          if (!mayFire(shortcut, { letterKeys, dialogOpen: dialog !== null, typing })) return;
          if (carryOut(shortcut.id, press, parts)) event.preventDefault();
        };
        return [press, onPress] as const;
      }),
    );
    return tinykeys(window, Object.fromEntries(bindings));
  }, [parts]);
}

/** False: there was nothing to do, and the key is left to the browser. */
function carryOut(id: ShortcutId, press: string, { own, studio }: WindowParts): boolean {
  switch (id) {
    case 'keys':
      own.setState({ dialog: { type: 'keys' } });
      return true;
    case 'master':
      if (!focusKeyPlace('master'))
        say(own, 'info', t('Add a target first: then “Go live” starts all of them.'));
      return true;
    case 'add-target':
      own.setState({ dialog: { type: 'target', id: null } });
      return true;
    case 'add-ingest':
      own.setState({ dialog: { type: 'ingest', id: null } });
      return true;
    case 'ingest':
      return selectIngest(Number(press.slice(-1)), { own, studio });
    case 'delay':
      return focusKeyPlace('delay');
    case 'mute':
      if (!pressKeyPlace('mute')) say(own, 'info', t('There is no picture to be heard right now.'));
      return true;
    case 'log':
      own.setState(({ drawerOpen }) => ({ drawerOpen: !drawerOpen }));
      return true;
    case 'search-log':
      flushSync(() => {
        own.setState({ drawerOpen: true });
      });
      return focusKeyPlace('log-search');
    case 'discreet':
      own.setState(({ discreet }) => ({ discreet: !discreet }));
      return true;
    case 'settings':
      own.setState({ dialog: { type: 'settings', section: 'network' } });
      return true;
    case 'undo':
      return undoNewest(own);
    case 'close':
      return false;
  }
}

function selectIngest(nth: number, { own, studio }: Pick<WindowParts, 'own' | 'studio'>): boolean {
  const ingest = studio.getState().view.ingests[nth - 1];
  if (ingest === undefined) return false;
  own.setState({ selectedIngestId: ingest.id, guideOpen: null });
  return focusKeyPlace(`ingest-${ingest.id}`);
}
