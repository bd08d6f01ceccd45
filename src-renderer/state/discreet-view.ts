/**
 * The studio as it is shown while keys and addresses are hidden: sentences lose them, whoever draws these. Values that
 * are copied, compared or edited stay what they are: the parts of the window that show those hide them themselves.
 * @module
 */
import { hideAddresses } from './hide-addresses.ts';
import type { Studio } from './studio-store.ts';
import type { StudioView } from './studio-view.ts';

/** Fields that hold sentences or names which somebody outside of the studio may have written. */
const SENTENCES: ReadonlySet<string> = new Set(
  ['message', 'text', 'title', 'reasons', 'warnings', 'address', 'software', 'encoder'].concat([
    'sent',
    'wanted',
    'consequence',
    'fix',
    'cause',
    'summary',
  ]),
);

/** Takes keys and addresses out of a text. */
export type Hide = (text: string) => string;

/** Made anew only when a key or a computer's name has changed; what it has answered is remembered by object. */
let newest: { readonly known: string; readonly hide: Hide; readonly seen: WeakMap<object, object> } = {
  known: '',
  hide: hideAddresses,
  seen: new WeakMap(),
};

/** What hides the keys and computers of this studio. */
export function hiding(view: StudioView): Hide {
  return hidingFor(view).hide;
}

/** The same object for the same studio: nothing is drawn again without need. */
export function discreetStudio(studio: Studio): Studio {
  const { hide, seen } = hidingFor(studio.view);
  const known = seen.get(studio);
  // What was put there for a studio is one.
  if (known !== undefined) return known as Studio;
  const shown = { ...studio, view: withoutAddresses(studio.view, hide, seen) };
  seen.set(studio, shown);
  return shown;
}

/** The value with its sentences hidden; parts without any stay the same objects. */
export function withoutAddresses<T>(value: T, hide: Hide, seen = new WeakMap<object, object>()): T {
  // The walk keeps the form of what it walks over.
  return walk(value, false, { hide, seen }) as T;
}

type Walk = { readonly hide: Hide; readonly seen: WeakMap<object, object> };

function walk(value: unknown, isSentence: boolean, parts: Walk): unknown {
  if (typeof value === 'string') return isSentence ? parts.hide(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const known = parts.seen.get(value);
  if (known !== undefined) return known;
  const made = Array.isArray(value)
    ? value.map((entry: unknown) => walk(entry, isSentence, parts))
    : Object.fromEntries(
        Object.entries(value).map(([key, entry]) => [key, walk(entry, SENTENCES.has(key), parts)]),
      );
  const isSame = Object.entries(made).every(([key, entry]) => Object.is(entry, Reflect.get(value, key)));
  const shown = isSame ? value : made;
  parts.seen.set(value, shown);
  return shown;
}

function hidingFor(view: StudioView): typeof newest {
  const known = knownTexts(view).join('\n');
  if (known !== newest.known) {
    const texts = known.split('\n').filter((text) => text !== '');
    newest = { known, hide: (text) => hideAddresses(text, texts), seen: new WeakMap() };
  }
  return newest;
}

/** Longest first: a key may begin like another one. */
function knownTexts({ ingests, targets, rtmpUrl }: StudioView): readonly string[] {
  const keys = ingests.flatMap(({ streamKey, playKey, backup }) => [
    streamKey,
    playKey,
    backup?.streamKey ?? '',
  ]);
  const urls = [
    rtmpUrl,
    ...ingests.map(({ serverUrl }) => serverUrl),
    ...targets.flatMap(({ url, backupUrl, proxy }) => [url, backupUrl, proxy]),
  ];
  const texts = new Set([...keys, ...urls.map(hostOf)]);
  texts.delete('');
  return [...texts].toSorted((one, other) => other.length - one.length || (one < other ? -1 : 1));
}

function hostOf(url: string): string {
  return /^[a-z0-9+.-]+:\/\/(?:[^@/]*@)?([^/:[\]]+)/i.exec(url)?.[1] ?? '';
}
