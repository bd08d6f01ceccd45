/**
 * @module
 */

export type ProgressBarProps = {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** The same in words: "12 of 30 s". */
  readonly words: string;
  readonly testId?: string;
};

/** How far something is, as a bar and in words. */
export function ProgressBar({ label, value, max, words, testId }: ProgressBarProps) {
  const done = Math.min(max, Math.max(0, value));
  return (
    <div className="flex items-center gap-3">
      <span
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={Math.floor(done)}
        aria-valuetext={words}
        data-testid={testId}
        className="h-2 min-w-0 flex-1 overflow-hidden rounded-full border border-edge bg-raised"
      >
        <span
          className="block h-full bg-accent"
          style={{ width: `${max === 0 ? 0 : (done / max) * 100}%` }}
        />
      </span>
      <span className="shrink-0 text-xs font-medium whitespace-nowrap">{words}</span>
    </div>
  );
}
