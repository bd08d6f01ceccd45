import { expect, it } from 'vitest';
import type { Finding } from '../../../src-shared/model/target.ts';
import { bySeverity, findingsFor } from './finding-order.ts';

const finding = (rule: string, severity: Finding['severity']): Finding => ({
  rule,
  severity,
  sent: '',
  wanted: '',
  unconfirmed: false,
  consequence: '',
  fix: '',
});

it('puts the worst first and keeps equals in their order', () => {
  const all = [finding('a', 'info'), finding('b', 'warning'), finding('c', 'error'), finding('d', 'warning')];
  expect(bySeverity(all).map(({ rule }) => rule)).toEqual(['c', 'b', 'd', 'a']);
});

it('shows findings for the ingest they were found on only', () => {
  const target = { ingestId: 'main', findings: [finding('a', 'info')] };
  expect(findingsFor(target, 'main')).toHaveLength(1);
  expect(findingsFor(target, 'second')).toEqual([]);
  expect(findingsFor(null, 'main')).toEqual([]);
});
