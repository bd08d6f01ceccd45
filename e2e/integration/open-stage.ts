import type { TestContext } from 'vitest';
import { Stage } from '../harness/stage.ts';

/** A stage that closes with the test, and keeps its logs when the test failed. */
export function openStage({ task, onTestFinished }: TestContext): Stage {
  const stage = new Stage(task.name);
  onTestFinished(() => stage.close({ failed: task.result?.state === 'fail' }), 60_000);
  return stage;
}

/** The same for tests made from a table, whose arguments leave no room for the context. */
export async function withStage(name: string, act: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = new Stage(name);
  let failed = true;
  try {
    await act(stage);
    failed = false;
  } finally {
    await stage.close({ failed });
  }
}
