/**
 * What we tell the peer of Enhanced RTMP in connect and in its answer (E-RTMP v2, "Enhancing NetConnection").
 * A relay decodes nothing and knows no codec by name: it forwards them all.
 * @module
 */
import { amfNumber, amfObject, isAmfArray, type AmfObject, type AmfValue } from '../../amf/amf-value.ts';
import { MAX_FOUR_CCS } from '../limits.ts';

/** Bits of capsEx. */
export const capsEx = { reconnect: 0x01, multitrack: 0x02, modEx: 0x04, timestampNanoOffset: 0x08 } as const;

/** Bits of a FourCC map's entries. */
export const fourCcUse = { decode: 0x01, encode: 0x02, forward: 0x04 } as const;

/** What every relay of ours can take and pass on. */
const FORWARDS = capsEx.multitrack | capsEx.modEx | capsEx.timestampNanoOffset;
const ANY_CODEC: AmfObject = { '*': fourCcUse.forward };

/**
 * The properties that both ends say of themselves.
 * @param canReconnect As client: whether whoever holds the session obeys a ReconnectRequest. As server: whether it may
 *   send one.
 */
export function ourCapabilities({ canReconnect }: { readonly canReconnect: boolean }): AmfObject {
  return {
    fourCcList: ['*'],
    videoFourCcInfoMap: ANY_CODEC,
    audioFourCcInfoMap: ANY_CODEC,
    capsEx: canReconnect ? FORWARDS | capsEx.reconnect : FORWARDS,
  };
}

/** What a peer says of its codecs: bits of `fourCcUse` by FourCC, `*` for all. */
export type FourCcs = {
  readonly video: ReadonlyMap<string, number>;
  readonly audio: ReadonlyMap<string, number>;
};

/** All three uses: what an entry of the older fourCcList means, which tells them not apart. */
const EVERY_USE = fourCcUse.decode | fourCcUse.encode | fourCcUse.forward;

/** Reads capsEx from a connect or from its answer; 0 where it is missing or no number. */
export function readCapsEx(object: AmfValue): number {
  return (amfNumber(object, 'capsEx') ?? 0) >>> 0;
}

/**
 * Reads both FourCC maps, and the older fourCcList (video only, a strict array) for what the map leaves out. What is
 * of another type is passed over, and so is what comes after 64 codecs.
 */
export function readFourCcs(object: AmfValue): FourCcs {
  const video = readMap(object, 'videoFourCcInfoMap');
  const list = amfObject(object)?.fourCcList;
  for (const fourCc of list !== undefined && isAmfArray(list) ? list.slice(0, MAX_FOUR_CCS) : []) {
    if (typeof fourCc === 'string' && !video.has(fourCc) && video.size < MAX_FOUR_CCS) {
      video.set(fourCc, EVERY_USE);
    }
  }
  return { video, audio: readMap(object, 'audioFourCcInfoMap') };
}

/** What a peer can do with a codec: its own bits, and those of `*`, which hold for every codec. */
export function usesOf(codecs: ReadonlyMap<string, number>, fourCc: string): number {
  return (codecs.get('*') ?? 0) | (codecs.get(fourCc) ?? 0);
}

function readMap(object: AmfValue, key: string): Map<string, number> {
  const map = amfObject(amfObject(object)?.[key]) ?? {};
  const uses = new Map<string, number>();
  for (const fourCc of Object.keys(map).slice(0, MAX_FOUR_CCS)) {
    const use = amfNumber(map, fourCc);
    if (use !== undefined) uses.set(fourCc, use & EVERY_USE);
  }
  return uses;
}
