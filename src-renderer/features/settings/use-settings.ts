/**
 * @module
 */
import { useState } from 'react';
import type { Refusal } from '../../../src-shared/bridge/contract.ts';
import type { StudioSettings } from '../../../src-shared/model/studio-state.ts';
import { useAsked } from '../use-asked.ts';

/** A part of the settings that the studio keeps, with what it answered when something was saved. */
export type KeptSettingsProps = {
  readonly settings: StudioSettings;
  readonly onSettings: (settings: StudioSettings) => void;
};

/** The same before the studio has answered. */
export type KeptSettings = Omit<KeptSettingsProps, 'settings'> & {
  readonly settings: StudioSettings | null;
  readonly failed: Refusal | null;
};

/** The studio's settings as they were when the dialog opened, or as they were saved since. */
export function useSettings(): KeptSettings {
  const { outcome } = useAsked('settings.get', {});
  const [saved, onSettings] = useState<StudioSettings | null>(null);
  return {
    settings: saved ?? (outcome?.ok === true ? outcome.value : null),
    failed: outcome?.ok === false ? outcome.refusal : null,
    onSettings,
  };
}
