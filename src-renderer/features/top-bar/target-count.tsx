/**
 * @module
 */
import { targetCount } from '../../state/show.ts';
import { useStudio } from '../../state/window-context.tsx';

/** How many targets are live of those that should be. */
export function TargetCount() {
  const text = useStudio(({ view: { targets } }) => {
    const { live, wanted } = targetCount(targets);
    if (wanted > 0) return `${live} of ${wanted} live`;
    return targets.length === 0 ? 'No targets yet' : `0 of ${targets.length} started`;
  });
  return (
    <p className="flex flex-col leading-tight" data-testid="target-count">
      <span className="text-xs text-soft">Targets</span>
      <span className="font-semibold whitespace-nowrap">{text}</span>
    </p>
  );
}
