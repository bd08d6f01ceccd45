/**
 * The figures of the health strip.
 * @module
 */
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { totalKbps, type IngestFigure } from '../../state/figures.ts';
import { formatKbps, formatUnit } from '../../ui/format.ts';

export type HealthFigure = {
  readonly id: IngestFigure;
  readonly name: string;
  readonly meaning: string;
  readonly now: (ingest: Ingest) => number | null;
  readonly format: (value: number | null) => string;
  /** Least height of the plot's scale, so that a calm line is drawn calm. */
  readonly leastTop: number;
  /** Whether zero lies in the middle instead of at the bottom. */
  readonly signed: boolean;
};

export const HEALTH_FIGURES: readonly HealthFigure[] = [
  {
    id: 'bitrate',
    get name() {
      return t('Bitrate');
    },
    get meaning() {
      return t('Video and audio together, as they arrive.');
    },
    now: totalKbps,
    format: formatKbps,
    leastTop: 1000,
    signed: false,
  },
  {
    id: 'frameRate',
    get name() {
      return t('Frame rate');
    },
    get meaning() {
      return t('Pictures per second.');
    },
    now: ({ health }) => health?.video?.fps ?? null,
    format: (value) => formatUnit(value, 'fps', 1),
    leastTop: 30,
    signed: false,
  },
  {
    id: 'keyframeInterval',
    get name() {
      return t('Keyframe interval');
    },
    get meaning() {
      return t('Time between two whole pictures; platforms want about 2 s.');
    },
    now: ({ health }) => health?.video?.keyframeIntervalSec ?? null,
    format: (value) => formatUnit(value, 's', 1),
    leastTop: 4,
    signed: false,
  },
  {
    id: 'jitter',
    get name() {
      return t('Jitter');
    },
    get meaning() {
      return t('How unevenly the stream arrives; high values mean a strained line or computer.');
    },
    now: ({ health }) => health?.jitterMs ?? null,
    format: (value) => formatUnit(value, 'ms'),
    leastTop: 40,
    signed: false,
  },
  {
    id: 'avOffset',
    get name() {
      return t('A/V offset');
    },
    get meaning() {
      return t('How far sound is ahead of the picture (below zero: behind).');
    },
    now: ({ health }) => health?.avOffsetMs ?? null,
    format: (value) => formatUnit(value, 'ms'),
    leastTop: 80,
    signed: true,
  },
];
