/**
 * @module
 */
import { useEffect, useState, type RefObject } from 'react';
import { openSound, type PictureSound } from './picture-sound.ts';

/** Gestures after which a browser lets a page have sound. */
const GESTURES = ['pointerup', 'keydown'] as const;

/** The sound of `video` once anything was clicked or typed in this window; null until then. */
export function useSound(video: RefObject<HTMLVideoElement | null>, heard: boolean): PictureSound | null {
  const [sound, setSound] = useState<PictureSound | null>(null);
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    let opened: PictureSound | undefined;
    const leave = onceActivated(() => {
      opened = openSound(element);
      setSound(opened);
    });
    return () => {
      leave();
      opened?.close();
    };
  }, [video]);
  useEffect(() => sound?.setHeard(heard), [sound, heard]);
  return sound;
}

/** Calls `run` once the page has had a gesture; returns the way to take that back. */
function onceActivated(run: () => void): () => void {
  const leave = () => {
    clearTimeout(timer);
    for (const gesture of GESTURES) document.removeEventListener(gesture, look, true);
  };
  const look = () => {
    if (!navigator.userActivation.hasBeenActive) return;
    leave();
    run();
  };
  const timer = setTimeout(look, 0);
  for (const gesture of GESTURES) document.addEventListener(gesture, look, true);
  return leave;
}
