/**
 * @module
 */
import { useEffect } from 'react';
import type { PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useCall, useParts, useStudio } from '../../state/window-context.tsx';

/** The platforms the studio knows; null until it has answered. Asked for once per window. */
export function usePresets(): readonly PlatformPreset[] | null {
  const call = useCall();
  const { studio } = useParts();
  const presets = useStudio((state) => state.presets);
  const up = useStudio(({ link }) => link.type === 'up');
  useEffect(() => {
    if (!up || studio.getState().presets !== null) return;
    // Marks the question as asked; twenty rows ask at once.
    studio.setState({ presets: [] });
    void call('platforms.list', {}).then((outcome) => {
      studio.setState({ presets: outcome.ok ? outcome.value : null });
    });
  }, [call, studio, up]);
  return presets === null || presets.length === 0 ? null : presets;
}

/** A platform's name as people know it; its id until the list is there. */
export function usePlatformName(platform: string): string {
  const presets = usePresets();
  if (platform === 'rehearsal') return t('Rehearsal (on this computer)');
  return tStudio(presets?.find(({ id }) => id === platform)?.name ?? platform);
}
