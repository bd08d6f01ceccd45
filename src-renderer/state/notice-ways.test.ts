import { describe, expect, it } from 'vitest';
import { newNotices, waysOf } from './notice-ways.ts';
import { sampleNotice } from './testing/samples.ts';

const browser = { inDesktopProgram: false, mayNotify: true, visible: false };
const all = sampleNotice({ desktop: true, window: true, sound: true });

describe('waysOf', () => {
  it('lets the browser tell what nobody would see in the page', () => {
    expect(waysOf(all, browser)).toEqual({ toast: true, notification: true, tone: true });
    expect(waysOf(all, { ...browser, visible: true }).notification).toBe(false);
    expect(waysOf(all, { ...browser, mayNotify: false }).notification).toBe(false);
  });

  it('leaves notification and sound to the desktop program', () => {
    const page = { ...browser, inDesktopProgram: true };
    expect(waysOf(all, page)).toEqual({ toast: true, notification: false, tone: false });
    expect(waysOf({ ...all, desktop: false }, page).tone).toBe(true);
  });

  it('tells nothing in a way that is not wanted', () => {
    const none = sampleNotice({ desktop: false, window: false, sound: false });
    expect(waysOf(none, browser)).toEqual({ toast: false, notification: false, tone: false });
  });
});

it('tells each notice once, when old ones fall out, too', () => {
  const [one, two, three] = [1, 2, 3].map((seq) => sampleNotice({ seq }));
  if (one === undefined || two === undefined || three === undefined) throw new Error('Three were made.');
  expect(newNotices([one, two], [two, three])).toEqual([three]);
  expect(newNotices([one], [one])).toEqual([]);
});
