/**
 * @module
 */
import { ChevronDown, TriangleAlert } from 'lucide-react';
import type { Finding, Target } from '../../../src-shared/model/target.ts';
import { LEVEL_WORDS } from '../../state/words.ts';

/** What the platform's rules say against what is sent: folded, with the fix inside. */
export function TargetFindings({ target: { findings } }: { readonly target: Target }) {
  if (findings.length === 0) return null;
  const count = findings.length === 1 ? 'One thing' : `${findings.length} things`;
  return (
    <details className="group text-xs" data-testid="target-findings">
      <summary className="flex h-6 items-center gap-1.5 rounded text-strained">
        <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
        {count} this platform may not like
        <ChevronDown aria-hidden className="size-3.5 shrink-0 group-open:rotate-180" />
      </summary>
      <ul className="mt-1 flex flex-col gap-2 border-l border-line pl-3">
        {findings.map((finding) => (
          <FindingWords key={finding.rule} finding={finding} />
        ))}
      </ul>
    </details>
  );
}

function FindingWords({
  finding: { severity, sent, wanted, consequence, fix },
}: {
  readonly finding: Finding;
}) {
  return (
    <li className="flex flex-col gap-0.5">
      <p>
        <span className="font-semibold">{LEVEL_WORDS[severity]}:</span> you send {sent}, wanted is {wanted}.
      </p>
      <p className="text-soft">{consequence}</p>
      <p>{fix}</p>
    </li>
  );
}
