/**
 * @module
 */
import { Bell, BellOff } from 'lucide-react';
import { useMemo } from 'react';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useStudio } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { codeWords, eventKinds, withMuted, type EventKind } from './muted-codes.ts';
import type { ChangeNotices } from './notice-settings.tsx';

type MutedKindsProps = { readonly change: ChangeNotices };

/** What happened lately, to be muted kind by kind. */
export function MutedKinds({ change }: MutedKindsProps) {
  const events = useStudio(({ view }) => view.events);
  const mutedCodes = useStudio(({ view }) => view.notices.mutedCodes);
  const kinds = useMemo(() => eventKinds(events, mutedCodes), [events, mutedCodes]);
  return (
    <section aria-labelledby="kinds-title" className="flex flex-col gap-2">
      <h3 id="kinds-title" className="text-sm font-medium">
        {t('What happened lately')}
      </h3>
      {kinds.length === 0 && (
        <p className="text-sm text-soft">{t('Nothing worth a notification has happened yet.')}</p>
      )}
      <ul className="flex flex-col">
        {kinds.map((kind) => (
          <KindRow
            key={kind.code}
            kind={kind}
            onMute={(muted) => {
              change({ mutedCodes: withMuted(mutedCodes, kind.code, muted) });
            }}
          />
        ))}
      </ul>
    </section>
  );
}

type KindRowProps = { readonly kind: EventKind; readonly onMute: (muted: boolean) => void };

function KindRow({ kind: { code, muted, newest }, onMute }: KindRowProps) {
  const words = codeWords(code);
  const Icon = muted ? Bell : BellOff;
  return (
    <li className="flex items-center gap-3 border-t border-line py-1.5" data-code={code} data-muted={muted}>
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium">
          <span className="inline-block first-letter:uppercase">{words}</span>
          {muted && <span className="text-soft"> {t('(muted)')}</span>}
        </p>
        {newest !== null && <p className="text-xs wrap-anywhere text-soft">{tStudio(newest.message)}</p>}
      </div>
      <Button
        size="sm"
        data-testid="notice-mute"
        aria-label={`${muted ? t('Unmute') : t('Mute')}: ${words}`}
        onClick={() => {
          onMute(!muted);
        }}
      >
        <Icon aria-hidden className="size-3.5" /> {muted ? t('Unmute') : t('Mute')}
      </Button>
    </li>
  );
}
