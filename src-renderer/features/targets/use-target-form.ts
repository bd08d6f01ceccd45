/**
 * @module
 */
import { useState, type SyntheticEvent } from 'react';
import type { Refusal } from '../../../src-shared/bridge/contract.ts';
import type { PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import type { Target } from '../../../src-shared/model/target.ts';
import { t } from '../../language/translate.ts';
import { selectedIngest } from '../../state/selectors.ts';
import { useCall, useParts } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import {
  connectionArgs,
  maskedProxyRefusal,
  startConnection,
  type ConnectionValues,
} from './connection-values.ts';

import { freeName, knownServers } from './paste-address.ts';
import { secondArgs, startSecond, type SecondValues } from './second-values.ts';
import { splitPublishUrl, type PublishUrl } from './split-publish-url.ts';
import { startTiming, timingArgs, type TimingValues } from './timing-values.ts';

/** In place of a server of the list: the address is typed. */
export const OTHER_SERVER = 'other';

export type TargetValues = ConnectionValues &
  TimingValues &
  SecondValues & {
    readonly name: string;
    /** A server of the preset's list, or {@link OTHER_SERVER}. */
    readonly server: string;
    /** The typed address. */
    readonly url: string;
    readonly streamKey: string;
    readonly ingestId: string;
    readonly enabled: boolean;
  };

export type TargetFormState = {
  readonly values: TargetValues;
  readonly refusal: Refusal | null;
  readonly busy: boolean;
  readonly set: (change: Partial<TargetValues>) => void;
  /** An address with its key was taken apart as it was pasted. */
  readonly isSplit: boolean;
  /** Fills in what was pasted into `field` when it is an address with its key; otherwise returns false. */
  readonly paste: (text: string, field: 'url' | 'streamKey') => boolean;
  readonly submit: (event: SyntheticEvent) => void;
  /** Saves a new target and has it go live at once. */
  readonly submitLive: () => void;
};

/** What stands in the form at first. */
export function startValues(preset: PlatformPreset, target: Target | null, ingestId: string): TargetValues {
  const first = preset.servers[0]?.url ?? '';
  const url = target?.url ?? (preset.serverUrlIsPerUser ? '' : first);
  const listed = preset.servers.some((server) => server.url === url);
  return {
    name: target?.name ?? nameOf(preset),
    server: listed ? url : OTHER_SERVER,
    url,
    streamKey: '',
    ingestId: target?.ingestId ?? ingestId,
    // A platform waits for "Go live", so that the picture can be checked first; a rehearsal has no viewers.
    enabled: target?.enabled ?? preset.category === 'rehearsal',
    ...startConnection(target),
    ...startTiming(target),
    ...startSecond(target),
  };
}

function nameOf({ category, name }: PlatformPreset): string {
  if (category === 'rehearsal') return t('Rehearsal');
  return category === 'custom' ? t('Own server') : name;
}

/** A pasted address in the fields of the form. */
export function addressValues(preset: PlatformPreset, { url, streamKey }: PublishUrl): Partial<TargetValues> {
  const listed = preset.servers.find((server) => server.url.replace(/\/+$/, '') === url);
  return { server: listed?.url ?? OTHER_SERVER, url: listed?.url ?? url, streamKey };
}

/**
 * What is sent: on a change only what differs. So the key, which is never read back, is kept, and a target that was
 * started or stopped while the form stood open is left as it is.
 */
export function argsOf(preset: PlatformPreset, target: Target | null, values: TargetValues) {
  const { name, ingestId, enabled, streamKey } = values;
  const picks = preset.servers.length > 1 && !preset.serverUrlIsPerUser && values.server !== OTHER_SERVER;
  const url = picks ? values.server : values.url;
  const common = {
    ...(name === target?.name ? {} : { name }),
    ...(enabled === target?.enabled ? {} : { enabled }),
    ...(ingestId === '' || ingestId === target?.ingestId ? {} : { ingestId }),
    ...timingArgs(target, values),
  };
  if (preset.category === 'rehearsal') return common;
  return {
    ...common,
    ...(url === target?.url ? {} : { url }),
    ...(target !== null && streamKey === '' ? {} : { streamKey }),
    ...connectionArgs(target, values),
    ...secondArgs(target, values),
  };
}

export function useTargetForm(
  preset: PlatformPreset,
  target: Target | null,
  pasted: PublishUrl | null,
): TargetFormState {
  const call = useCall();
  const { own, studio } = useParts();
  const [isSplit, setIsSplit] = useState(pasted !== null);
  const [values, setValues] = useState(() => {
    const { view } = studio.getState();
    const ingest = selectedIngest(view, own.getState().selectedIngestId);
    const start = startValues(preset, target, ingest?.id ?? '');
    const taken = view.targets.map(({ name }) => name);
    const name = target === null ? freeName(start.name, taken) : start.name;
    return { ...start, name, ...(pasted === null ? {} : addressValues(preset, pasted)) };
  });
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (wish: Partial<TargetValues> = {}) => {
    const masked = maskedProxyRefusal(target, values);
    if (masked !== null) {
      setRefusal(masked);
      return;
    }
    setBusy(true);
    const args = argsOf(preset, target, { ...values, ...wish });
    const outcome =
      target === null
        ? await call('target.create', { ...args, name: values.name, platform: preset.id })
        : await call('target.update', { ...args, id: target.id });
    setBusy(false);
    if (outcome.ok) closeDialog(own);
    else setRefusal(outcome.refusal);
  };
  return {
    values,
    refusal,
    busy,
    set: (change) => {
      setValues((before) => ({ ...before, ...change }));
      setRefusal(null);
    },
    isSplit,
    paste: (text, field) => {
      const address = splitPublishUrl(text, knownServers(studio.getState().presets ?? []));
      // A server beside a key that is there already is just a server.
      if (address === null || (field === 'url' && values.streamKey !== '')) return false;
      setValues((before) => ({ ...before, ...addressValues(preset, address) }));
      setIsSplit(true);
      setRefusal(null);
      return true;
    },
    submit: (event) => {
      event.preventDefault();
      void save();
    },
    submitLive: () => void save({ enabled: true }),
  };
}
