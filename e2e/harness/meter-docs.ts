/**
 * The figures as a table for docs/health.md.
 * @module
 */
import type { Figure } from './meter-table.ts';

/** Columns and the figures they hold. */
const COLUMNS: readonly (readonly [string, readonly Figure['name'][]])[] = [
  ['Video', ['codec', 'profile', 'level', 'size']],
  ['fps (last 5 s)', ['fps']],
  ['fps (file)', ['averageFps']],
  ['held back', ['reorderFrames']],
  ['keyframes s', ['keyframeIntervalSec']],
  ['GOP', ['gopFrames']],
  ['video kbit/s', ['videoKbps']],
  ['Audio', ['audioCodec', 'audioProfile', 'sampleRate', 'channels']],
  ['audio kbit/s', ['audioKbps']],
  ['dropped', ['droppedFrames']],
  ['twice', ['duplicateFrames']],
  ['gaps', ['gaps']],
  ['back', ['backwardJumps']],
  ['A/V ms', ['avOffsetMs']],
  ['drift ms/min', ['avDriftMsPerMin']],
  ['behind ms', ['behindMs']],
];

/** Rows in Markdown: ours, and behind a stroke ffprobe's, or in brackets what the stream was made with. */
export function docsTable(
  rows: readonly { readonly name: string; readonly figures: readonly Figure[] }[],
): string {
  const head = ['Stream', ...COLUMNS.map(([title]) => title)];
  const lines = rows.map(({ name, figures }) => [
    name,
    ...COLUMNS.map(([, names]) => cell(names.map((one) => figures.find((figure) => figure.name === one)))),
  ]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function cell(figures: readonly (Figure | undefined)[]): string {
  const there = figures.filter((figure) => figure !== undefined);
  const told = (side: 'ours' | 'probed' | 'known'): string =>
    there
      .map((figure) => text(figure[side]))
      .filter((words) => words !== '')
      .join(' ');
  const ours = told('ours');
  if (ours === '') return '';
  const probed = told('probed');
  if (probed !== '') return `${ours} / ${probed}`;
  const known = told('known');
  return known === '' ? ours : `${ours} (${known})`;
}

function text(value: Figure['ours']): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'number') return String(value);
  // Hundredths of kbit/s say nothing; of seconds they do.
  return value >= 100 ? `${Math.round(value)}` : `${Math.round(value * 100) / 100}`;
}
