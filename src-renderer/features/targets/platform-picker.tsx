/**
 * @module
 */
import { LoaderCircle, MonitorPlay, Server, type LucideIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useStudio } from '../../state/window-context.tsx';
import { DialogBody } from '../../ui/dialog.tsx';
import { INPUT_CLASS } from '../../ui/field.tsx';
import { FIRST_FOCUS } from '../../ui/focus-first.ts';
import { orderPresets } from './order-presets.ts';
import { recogniseAddress } from './paste-address.ts';
import type { PublishUrl } from './split-publish-url.ts';

function categoryWords(category: PlatformPreset['category']): string {
  return {
    platform: t('Platform'),
    cloud: t('Cloud service'),
    'self-hosted': t('Own server'),
    custom: t('Any RTMP address'),
    rehearsal: t('No account needed'),
  }[category];
}

export type PlatformPickerProps = {
  /** Null until the studio has answered. */
  readonly presets: readonly PlatformPreset[] | null;
  /** With the address that was pasted in place of a name; null: none was. */
  readonly onPick: (preset: PlatformPreset, pasted: PublishUrl | null) => void;
};

/** A searchable list of platforms; an address with its key that is pasted into the search needs no list. */
export function PlatformPicker({ presets, onPick }: PlatformPickerProps) {
  const [search, setSearch] = useState('');
  const noTargetYet = useStudio(({ view }) => view.targets.length === 0);
  const shown = useMemo(
    () => orderPresets(presets ?? [], search, noTargetYet),
    [presets, search, noTargetYet],
  );
  return (
    <>
      <div className="px-5 pt-4">
        <input
          type="search"
          data-testid="platform-search"
          {...FIRST_FOCUS}
          aria-label={t('Search platforms, or paste an address')}
          placeholder={t('Search platforms, or paste an address')}
          className={INPUT_CLASS}
          value={search}
          onChange={({ target }) => {
            setSearch(target.value);
          }}
          onPaste={(event) => {
            const found = recogniseAddress(event.clipboardData.getData('text'), presets ?? []);
            if (found === null) return;
            event.preventDefault();
            onPick(found.preset, found.address);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            // The form that follows must not take the same key as "submit".
            event.preventDefault();
            const best = shown[0];
            if (search !== '' && best !== undefined) onPick(best, null);
          }}
        />
      </div>
      <DialogBody>
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,13rem),1fr))] gap-2">
          {shown.map((preset) => (
            <li key={preset.id}>
              <PlatformOption preset={preset} onPick={onPick} />
            </li>
          ))}
        </ul>
        <p role="status" className="text-sm text-soft">
          {shown.length === 0 && t('No platform has that name. “Your own server” takes any RTMP address.')}
        </p>
        {presets === null && (
          <p className="mt-3 flex items-center gap-2 text-sm text-soft">
            <LoaderCircle aria-hidden className="size-4 spin-slow" />{' '}
            {t('Asking the studio for its platforms…')}
          </p>
        )}
      </DialogBody>
    </>
  );
}

type PlatformOptionProps = {
  readonly preset: PlatformPreset;
  readonly onPick: PlatformPickerProps['onPick'];
};

function PlatformOption({ preset, onPick }: PlatformOptionProps) {
  return (
    <button
      type="button"
      data-testid={`platform-option-${preset.id}`}
      className="flex w-full items-center gap-3 rounded-lg border border-line bg-card p-2.5 text-left hover:border-edge"
      onClick={() => {
        onPick(preset, null);
      }}
    >
      <PlatformTile preset={preset} />
      <span className="min-w-0">
        <span className="block truncate text-sm font-semibold">{tStudio(preset.name)}</span>
        <span className="block truncate text-xs text-soft">
          {categoryWords(preset.category)}
          {preset.unconfirmed && t(' · unconfirmed')}
        </span>
      </span>
    </button>
  );
}

const TILE_ICONS: Partial<Record<PlatformPreset['category'], LucideIcon>> = {
  rehearsal: MonitorPlay,
  custom: Server,
};

/** The platform's first letters: their logos are theirs. */
function PlatformTile({ preset: { name, category } }: { readonly preset: PlatformPreset }) {
  const Icon = TILE_ICONS[category];
  return (
    <span
      aria-hidden
      className="grid size-9 shrink-0 place-items-center rounded-md bg-raised text-sm font-bold text-accent"
    >
      {Icon === undefined ? name.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 2) : <Icon className="size-4.5" />}
    </span>
  );
}
