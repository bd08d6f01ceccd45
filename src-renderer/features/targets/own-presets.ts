/**
 * The two targets that are no platform; used when the studio's list does not name them.
 * @module
 */
import { NO_PLATFORM_LIMITS, type PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import { t } from '../../language/translate.ts';

const BARE = {
  servers: [],
  serverUrlIsPerUser: true,
  backupUrl: null,
  bandwidthTest: null,
  keyHint: null,
  keyUrl: null,
  limits: NO_PLATFORM_LIMITS,
  notes: '',
  unconfirmed: false,
} as const;

export const REHEARSAL_PRESET: PlatformPreset = {
  ...BARE,
  id: 'rehearsal',
  get name() {
    return t('Rehearsal (on this computer)');
  },
  category: 'rehearsal',
};

export const CUSTOM_PRESET: PlatformPreset = {
  ...BARE,
  id: 'custom',
  get name() {
    return t('Your own server');
  },
  category: 'custom',
};
