/**
 * @module
 */
import type { Refusal } from '../../src-shared/bridge/contract.ts';
import { tStudio } from '../language/translate-studio.ts';
import { Notice } from './notice.tsx';

export type FormRefusalProps = {
  readonly refusal: Refusal | null;
  /** The fields the form shows; refusals about anything else stand here. */
  readonly fields: readonly string[];
};

export function FormRefusal({ refusal, fields }: FormRefusalProps) {
  const shown = refusal !== null && (refusal.field === null || !fields.includes(refusal.field));
  return (
    <div role="alert" className="empty:hidden">
      {shown && <Notice tone="error">{tStudio(refusal.message)}</Notice>}
    </div>
  );
}
