/**
 * What the browser lets this page do to be noticed.
 * @module
 */
import type { Notice } from '../../../src-shared/model/notice.ts';
import { tStudio } from '../../language/translate-studio.ts';
import type { TellingPage } from '../../state/notice-ways.ts';

/** `unknown`: this browser has no notifications, or not over a plain HTTP address. */
export type Permission = NotificationPermission | 'unknown';

/** How the page stands right now. */
export function tellingPage(inDesktopProgram: boolean): TellingPage {
  return {
    inDesktopProgram,
    mayNotify: permission() === 'granted',
    visible: document.visibilityState === 'visible',
  };
}

/** Whether the person lets this page give notifications. */
export function permission(): Permission {
  return 'Notification' in window && window.isSecureContext ? Notification.permission : 'unknown';
}

/** Asks the person; browsers ask only when this follows a click. */
export async function askPermission(): Promise<Permission> {
  return permission() === 'unknown' ? 'unknown' : Notification.requestPermission();
}

/** A notification of the browser. Several open windows give the same one: the tag makes them one. */
export function notify({ seq, title, text, sound }: Notice): void {
  try {
    const notification = new Notification(tStudio(title), {
      body: tStudio(text),
      tag: `relaydeck-${seq}`,
      silent: !sound,
    });
    notification.onclick = () => {
      window.focus();
    };
  } catch {
    // Browsers on phones have the name only and throw here; the toast is there for them.
  }
}

const TONE_HZ = 880;
const TONE_SECONDS = 0.25;
/** Loud enough to be heard over talk, far from the level of the show. */
const TONE_GAIN = 0.15;

/** One short tone. Before the first click in the page the browser keeps it silent. */
export function playTone(): void {
  const audio = new AudioContext();
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = TONE_HZ;
  gain.gain.setValueAtTime(TONE_GAIN, audio.currentTime);
  gain.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + TONE_SECONDS);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.onended = () => {
    void audio.close();
  };
  oscillator.start();
  oscillator.stop(audio.currentTime + TONE_SECONDS);
}
