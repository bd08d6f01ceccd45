/**
 * What an AMF value is in this program. Objects are plain: literals are written, null-prototype records come
 * out of the readers, so a peer's `__proto__` is a key like any other. What sets one object apart from
 * another on the wire (ECMA array, class name) sits under symbols, which no wire key can reach.
 * Spec: AMF0 (2007) §2, AMF3 (2013) §3.
 * @module
 */

/** Says what an object is, other than a plain object. */
export const AMF_TYPE: unique symbol = Symbol('amf-type');
/** Holds the class name of a typed object. */
export const AMF_CLASS: unique symbol = Symbol('amf-class');

/** A point in time. */
export type AmfDate = {
  readonly [AMF_TYPE]: 'date';
  /** ms since 1970-01-01 UTC. */
  readonly epochMs: number;
  /** Minutes; reserved, 0 from every known sender. AMF3 has no such field. */
  readonly zoneMinutes: number;
};

/** XML as text. `document` is the old XMLDocument class, the only one that AMF0 has. */
export type AmfXml = { readonly [AMF_TYPE]: 'xml'; readonly text: string; readonly form: 'document' | 'e4x' };

/** An AMF3 ByteArray. */
export type AmfBytes = Uint8Array;

/** An AMF3 Vector: items of one type. */
export type AmfVector = {
  readonly [AMF_TYPE]: 'vector';
  readonly of: 'int' | 'uint' | 'double' | 'object';
  readonly fixed: boolean;
  /** Class of the items, for `object` only; empty means any. */
  readonly className: string;
  readonly items: readonly AmfValue[];
};

/** An AMF3 Dictionary: any value may be a key. */
export type AmfDictionary = {
  readonly [AMF_TYPE]: 'dictionary';
  readonly weakKeys: boolean;
  readonly entries: readonly (readonly [AmfValue, AmfValue])[];
};

/** An object, typed object or ECMA array. */
export type AmfObject = {
  readonly [key: string]: AmfValue;
  readonly [AMF_TYPE]?: 'ecma-array';
  readonly [AMF_CLASS]?: string;
};

/** Any value of AMF0 or AMF3. A JS array is a strict array. */
export type AmfValue =
  | number
  | boolean
  | string
  | null
  | undefined
  | AmfDate
  | AmfXml
  | AmfBytes
  | AmfVector
  | AmfDictionary
  | readonly AmfValue[]
  | AmfObject;

/** One value and where the bytes after it begin. */
export type AmfRead = { readonly value: AmfValue; readonly next: number };

/** The properties, to be written as an ECMA array, the usual form of onMetaData. */
export function ecmaArray(properties: { readonly [key: string]: AmfValue }): AmfObject {
  return { ...properties, [AMF_TYPE]: 'ecma-array' };
}

/** The properties, to be written as an object of the named class. */
export function typedObject(className: string, properties: { readonly [key: string]: AmfValue }): AmfObject {
  return { ...properties, [AMF_CLASS]: className };
}

/** A date; `epochMs` is ms since 1970-01-01 UTC. */
export function amfDate(epochMs: number, zoneMinutes = 0): AmfDate {
  return { [AMF_TYPE]: 'date', epochMs, zoneMinutes };
}

/** XML; AMF0 has the `document` form only. */
export function amfXml(text: string, form: AmfXml['form'] = 'document'): AmfXml {
  return { [AMF_TYPE]: 'xml', text, form };
}

/** The value if it is an object, typed object or ECMA array, else undefined. */
export function amfObject(value: AmfValue): AmfObject | undefined {
  return isAmfObject(value) ? value : undefined;
}

/** The string under `key`; undefined when `value` is no object or holds anything else there. */
export function amfString(value: AmfValue, key: string): string | undefined {
  const found = property(value, key);
  return typeof found === 'string' ? found : undefined;
}

/** The finite number under `key`; undefined when `value` is no object or holds anything else there. */
export function amfNumber(value: AmfValue, key: string): number | undefined {
  const found = property(value, key);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** The boolean under `key`; undefined when `value` is no object or holds anything else there. */
export function amfBoolean(value: AmfValue, key: string): boolean | undefined {
  const found = property(value, key);
  return typeof found === 'boolean' ? found : undefined;
}

/** Whether the value is an object, typed object or ECMA array. */
export function isAmfObject(value: AmfValue): value is AmfObject {
  if (typeof value !== 'object' || value === null || isAmfArray(value) || value instanceof Uint8Array)
    return false;
  const type = value[AMF_TYPE];
  return type === undefined || type === 'ecma-array';
}

/** Whether the value is a strict array. */
export function isAmfArray(value: AmfValue): value is readonly AmfValue[] {
  return Array.isArray(value);
}

function property(value: AmfValue, key: string): AmfValue {
  return isAmfObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
