/**
 * @module
 */
import type { Finding } from '../../../src-shared/model/target.ts';

const RANKS: Readonly<Record<Finding['severity'], number>> = { error: 0, warning: 1, info: 2 };

/** The worst first; among equals as the studio has them. */
export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((one, other) => RANKS[one.severity] - RANKS[other.severity]);
}

/** What the studio found on a target that the form shows; nothing once the form is about another ingest. */
export function findingsFor(
  target: { readonly ingestId: string; readonly findings: readonly Finding[] } | null,
  ingestId: string,
): readonly Finding[] {
  return target !== null && target.ingestId === ingestId ? target.findings : [];
}
