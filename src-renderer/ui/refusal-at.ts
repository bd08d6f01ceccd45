/**
 * @module
 */
import type { Refusal } from '../../src-shared/bridge/contract.ts';
import { tStudio } from '../language/translate-studio.ts';

/**
 * What the studio says against one field; null when it says nothing of it. Where its sentence begins with the
 * field's name in the contract, the `label` that people see takes its place.
 */
export function refusalAt(refusal: Refusal | null, field: string, label: string): string | null {
  if (refusal?.field !== field) return null;
  const message = tStudio(refusal.message);
  return message.startsWith(`${field} `) ? `${label}${message.slice(field.length)}` : message;
}
