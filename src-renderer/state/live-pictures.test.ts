import { expect, it } from 'vitest';
import { keepLivePictures, readLivePictures } from './live-pictures.ts';
import { createWindowStore } from './window-store.ts';

it('is on until it is switched off, and stays as it was left', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const livePictures = readLivePictures(storage);
  expect(livePictures).toBe(true);
  const own = createWindowStore({
    theme: 'dark',
    language: 'system',
    drawerOpen: false,
    letterKeys: true,
    livePictures,
    nowMs: 0,
  });
  keepLivePictures(own, storage);
  own.setState({ livePictures: false });
  expect(readLivePictures(storage)).toBe(false);
  own.setState({ livePictures: true });
  expect(readLivePictures(storage)).toBe(true);
});
