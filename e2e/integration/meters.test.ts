import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needsAll } from '../harness/abilities.ts';
import type { MeterStream } from '../harness/meter-stream.ts';
import { METER_STREAMS } from '../harness/meter-streams.ts';
import { figuresOf, type Figure } from '../harness/meter-table.ts';
import { meter, type Metered } from '../harness/metered.ts';
import { docsTable } from '../harness/meter-docs.ts';
import { ROOT } from '../harness/tools.ts';
import { withStage } from './open-stage.ts';

/** Encoders at a time: others work on this computer too. */
const AT_ONCE = 2;

const rows = METER_STREAMS.map((stream) => {
  const { tools = [], ...needs } = stream.needs ?? {};
  return { stream, gate: needsAll({ ...needs, tools: [...tools, 'ffmpeg', 'ffprobe'] }) };
});
const results = new Map<string, Metered | Error>();

async function make(stream: MeterStream): Promise<void> {
  try {
    await withStage(`meters ${stream.name}`, async (stage) => {
      results.set(stream.name, await meter(stage, stream));
    });
  } catch (error) {
    results.set(stream.name, error instanceof Error ? error : new Error(String(error)));
  }
}

function resultOf({ name }: MeterStream): Metered {
  const result = results.get(name);
  if (result === undefined || result instanceof Error) throw result ?? new Error('not made');
  return result;
}

function isNear(one: Figure['ours'], other: Figure['ours'], tolerance: number): boolean {
  if (typeof one === 'number' && typeof other === 'number') return Math.abs(one - other) <= tolerance + 1e-9;
  return one === other;
}

/** Figures that ffprobe or the making contradicts. */
function contradicted(figures: readonly Figure[]): readonly Figure[] {
  return figures.filter(
    ({ ours, probed, known, tolerance }) =>
      (probed !== undefined && !isNear(ours, probed, tolerance)) ||
      (known !== undefined && !isNear(ours, known, tolerance)),
  );
}

describe('what the meters say, beside ffprobe and beside how the stream was made', () => {
  beforeAll(async () => {
    const waiting = rows.filter(({ gate }) => !gate.missing).map(({ stream }) => stream);
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await make(next);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }, 180_000);

  // WRITE_DOCS=1 puts the table into docs/health.md; else it is beside the other results.
  afterAll(() => {
    const table = docsTable(
      rows.flatMap(({ stream }) => {
        const result = results.get(stream.name);
        return result === undefined || result instanceof Error
          ? []
          : [{ name: stream.name, figures: figuresOf(result, stream.known) }];
      }),
    );
    mkdirSync(join(ROOT, 'test-results'), { recursive: true });
    writeFileSync(join(ROOT, 'test-results/meters.md'), table);
    const isWhole = [...results.values()].every((result) => !(result instanceof Error));
    if (process.env['WRITE_DOCS'] !== '1' || !isWhole) return;
    const page = join(ROOT, 'docs/health.md');
    const [before = '', rest = ''] = readFileSync(page, 'utf8').split('<!-- meters: begin -->\n');
    const after = rest.split('<!-- meters: end -->')[1] ?? '\n';
    writeFileSync(page, `${before}<!-- meters: begin -->\n${table}<!-- meters: end -->${after}`);
  });

  for (const { stream, gate } of rows) {
    test.skipIf(gate.missing)(`${stream.name}${gate.words}`, () => {
      const result = resultOf(stream);
      expect(contradicted(figuresOf(result, stream.known))).toEqual([]);
      const reasons = result.reports.flatMap((report) => report.reasons);
      if (stream.reason === undefined) expect(reasons).toEqual([]);
      else expect(reasons).toContainEqual(expect.stringMatching(stream.reason));
    });
  }
});
