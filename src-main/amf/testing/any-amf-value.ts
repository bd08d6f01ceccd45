/**
 * Arbitrary AMF values for round-trip tests.
 * @module
 */
import fc from 'fast-check';
import { AMF_TYPE, amfDate, amfXml, ecmaArray, typedObject } from '../amf-value.ts';
import type { AmfObject, AmfValue } from '../amf-value.ts';

type Leaves = { readonly form: 'amf0' | 'amf3' };

/** Whole code points only: a lone surrogate has no UTF-8. */
const text = fc.string({ unit: 'binary', maxLength: 12 });
const finite = fc.double({ noNaN: true });

function properties(value: fc.Arbitrary<AmfValue>): fc.Arbitrary<AmfObject> {
  // `__proto__` in a literal would be lost on the way in; it has a test of its own.
  const key = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 6 })
    .filter((name) => name !== '__proto__');
  return fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true });
}

function leaf({ form }: Leaves): fc.Arbitrary<AmfValue> {
  return fc.oneof(
    finite,
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    text,
    // AMF3 has no time zone.
    fc
      .tuple(finite, form === 'amf0' ? fc.integer({ min: -720, max: 720 }) : fc.constant(0))
      .map(([ms, zone]) => amfDate(ms, zone)),
    fc
      .tuple(text, fc.constantFrom<'document' | 'e4x'>('document', 'e4x'))
      .map(([xml, kind]) => amfXml(xml, kind)),
    fc.uint8Array({ maxLength: 8 }),
    fc
      .tuple(fc.boolean(), fc.array(fc.integer(), { maxLength: 4 }))
      .map(([fixed, items]): AmfValue => ({ [AMF_TYPE]: 'vector', of: 'int', fixed, className: '', items })),
    fc
      .array(finite, { maxLength: 4 })
      .map((items): AmfValue => ({ [AMF_TYPE]: 'vector', of: 'double', fixed: false, className: '', items })),
  );
}

function tree(leaves: Leaves): fc.Arbitrary<AmfValue> {
  return fc.letrec<{ value: AmfValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', maxDepth: 5 },
      leaf(leaves),
      fc.array(tie('value'), { maxLength: 4 }),
      properties(tie('value')),
      // An empty one would come back from AMF3 as a strict array.
      properties(tie('value')).map((object) => ecmaArray({ ...object, last: null })),
      fc
        .tuple(fc.string({ minLength: 1, maxLength: 6 }), properties(tie('value')))
        .map(([name, object]) => typedObject(name, object)),
    ),
  })).value;
}

/** Any value that AMF0 gives back as it was. */
export const anyAmf0Value: fc.Arbitrary<AmfValue> = tree({ form: 'amf0' });
/** Any value that AMF3 gives back as it was. */
export const anyAmf3Value: fc.Arbitrary<AmfValue> = tree({ form: 'amf3' });
