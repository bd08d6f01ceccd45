/**
 * An object while it is being read.
 * @module
 */
import type { AMF_CLASS, AMF_TYPE, AmfValue } from './amf-value.ts';

/** Becomes an AmfObject. */
export type AmfRecord = Record<string, AmfValue> & { [AMF_TYPE]?: 'ecma-array'; [AMF_CLASS]?: string };

/** An empty one without prototype, so that a peer's `__proto__` is a key like any other. */
export function newAmfRecord(): AmfRecord {
  return Object.create(null) as AmfRecord;
}
