/**
 * What we tell the peer of Enhanced RTMP in connect and in its answer (E-RTMP v2, "Enhancing NetConnection").
 * A relay decodes nothing and knows no codec by name: it forwards them all.
 * @module
 */
import type { AmfObject, AmfValue } from '../../amf/amf-value.ts';

/** Bits of capsEx. */
export const capsEx = { reconnect: 0x01, multitrack: 0x02, modEx: 0x04, timestampNanoOffset: 0x08 } as const;

/** Bits of a FourCC map's entries. */
export const fourCcUse = { decode: 0x01, encode: 0x02, forward: 0x04 } as const;

/** Reconnect is not offered: the outbound supervisor would have to keep two lines of one leg. */
const OURS = capsEx.multitrack | capsEx.modEx | capsEx.timestampNanoOffset;
const ANY_CODEC: AmfObject = { '*': fourCcUse.forward };

/** The properties that both ends say of themselves. */
export const ourCapabilities: { readonly [key: string]: AmfValue } = {
  fourCcList: ['*'],
  videoFourCcInfoMap: ANY_CODEC,
  audioFourCcInfoMap: ANY_CODEC,
  capsEx: OURS,
};
