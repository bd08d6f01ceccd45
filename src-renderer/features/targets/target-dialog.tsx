/**
 * @module
 */
import { useState } from 'react';
import type { PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import type { Target } from '../../../src-shared/model/target.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useParts } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { PlatformPicker } from './platform-picker.tsx';
import { CUSTOM_PRESET, REHEARSAL_PRESET } from './own-presets.ts';
import type { PublishUrl } from './split-publish-url.ts';
import { TargetForm } from './target-form.tsx';
import { usePresets } from './use-platform-name.ts';

/** Adds a target (`id` null): platform first, then its form. Or changes one. */
export function TargetDialog({ id }: { readonly id: string | null }) {
  const { own, studio } = useParts();
  const presets = usePresets();
  const [target] = useState(() => studio.getState().view.targets.find((one) => one.id === id) ?? null);
  const [picked, setPicked] = useState<PlatformPreset | null>(null);
  const [pasted, setPasted] = useState<PublishUrl | null>(null);
  const preset = picked ?? (target === null ? null : presetOf(target.platform, presets ?? []));
  const close = () => {
    closeDialog(own);
  };
  if (preset === null) {
    return (
      <Dialog
        title={t('Add a target')}
        description={t('Where shall the show go?')}
        onClose={close}
        wide
        testId="platform-picker"
      >
        <PlatformPicker
          presets={presets}
          onPick={(choice, address) => {
            setPasted(address);
            setPicked(choice);
          }}
        />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={
        target === null
          ? t('Add {{name}}', { name: tStudio(preset.name) })
          : t('Edit {{name}}', { name: target.name })
      }
      description={describe(preset, target)}
      onClose={close}
      wide
    >
      <TargetForm
        key={preset.id}
        preset={preset}
        target={target}
        pasted={pasted}
        onBack={
          target === null
            ? () => {
                setPicked(null);
              }
            : null
        }
      />
    </Dialog>
  );
}

function describe(preset: PlatformPreset, target: Target | null): string {
  if (target !== null) return tStudio(preset.name);
  if (preset.category === 'rehearsal') return t('To try everything without anybody watching.');
  return t('Paste the stream key; it is kept on this computer only.');
}

function presetOf(platform: string, presets: readonly PlatformPreset[]): PlatformPreset {
  if (platform === 'rehearsal') return REHEARSAL_PRESET;
  return presets.find(({ id }) => id === platform) ?? CUSTOM_PRESET;
}
