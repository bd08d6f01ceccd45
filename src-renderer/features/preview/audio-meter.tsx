/**
 * @module
 */
import { useEffect, useRef, type RefObject } from 'react';
import { t } from '../../language/translate.ts';
import { levelOf, type ChannelLevel } from './audio-level.ts';

export type AudioMeterProps = { readonly video: RefObject<HTMLVideoElement | null>; readonly muted: boolean };

/** Left and right level of what is heard. Drawn past React: it moves with every frame. */
export function AudioMeter({ video, muted }: AudioMeterProps) {
  const bars = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = video.current;
    const place = bars.current;
    if (element === null || place === null) return undefined;
    return runMeter(element, (levels) => {
      levels.forEach((level, index) => {
        const bar = place.children[index]?.firstElementChild;
        if (bar instanceof HTMLElement) bar.style.transform = `scaleX(${level.share})`;
      });
    });
  }, [video]);
  return (
    <div
      ref={bars}
      role="img"
      aria-label={muted ? t('Audio meter, muted') : t('Audio meter')}
      className="mb-1 flex w-40 max-w-full flex-col gap-1 rounded bg-black/75 p-1.5"
    >
      {[0, 1].map((channel) => (
        <div key={channel} className="h-1.5 overflow-hidden rounded-full bg-white/20">
          <div className="h-full origin-left rounded-full bg-white" style={{ transform: 'scaleX(0)' }} />
        </div>
      ))}
    </div>
  );
}

/** An element can be tied to an audio graph once only, so the graph lives as long as the element. */
const graphs = new WeakMap<HTMLVideoElement, readonly AnalyserNode[]>();

function graphOf(element: HTMLVideoElement): readonly AnalyserNode[] {
  const known = graphs.get(element);
  if (known !== undefined) return known;
  const context = new AudioContext();
  const source = context.createMediaElementSource(element);
  source.connect(context.destination);
  const splitter = context.createChannelSplitter(2);
  source.connect(splitter);
  const analysers = [0, 1].map((channel) => {
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    splitter.connect(analyser, channel);
    return analyser;
  });
  graphs.set(element, analysers);
  return analysers;
}

function runMeter(element: HTMLVideoElement, show: (levels: readonly ChannelLevel[]) => void): () => void {
  const analysers = graphOf(element);
  const samples = new Float32Array(1024);
  let levels: readonly ChannelLevel[] = analysers.map(() => ({ share: 0 }));
  let frame = 0;
  const draw = () => {
    levels = analysers.map((analyser, index) => {
      analyser.getFloatTimeDomainData(samples);
      return levelOf(samples, levels[index] ?? { share: 0 });
    });
    show(levels);
    frame = requestAnimationFrame(draw);
  };
  draw();
  return () => {
    cancelAnimationFrame(frame);
  };
}
