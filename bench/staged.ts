/**
 * Stages of the benchmark: whatever was started on one ends with it, also when the benchmark is interrupted.
 * @module
 */
import { Stage } from '../e2e/harness/stage.ts';

const open = new Set<Stage>();

/** Does something on a stage of its own, which closes afterwards; logs are kept when it fails. */
export async function staged<T>(name: string, act: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = new Stage(`bench-${name}`);
  open.add(stage);
  let failed = true;
  try {
    const result = await act(stage);
    failed = false;
    return result;
  } finally {
    open.delete(stage);
    await stage.close({ failed });
  }
}

/** Closes all that are open. */
export async function closeStages(): Promise<void> {
  await Promise.allSettled([...open].map((stage) => stage.close({ failed: false })));
}
