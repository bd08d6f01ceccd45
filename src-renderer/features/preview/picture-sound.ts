/**
 * The sound of a video element: how loud it is, and whether it is heard.
 * @module
 */

/** Covers more than one turn of the meter, so that no peak falls between two. */
const SAMPLES = 4096;

/** Belongs to one element for the rest of its life; `close` it with the element. */
export type PictureSound = {
  readonly setHeard: (heard: boolean) => void;
  /** The newest samples of left and right, in an array that is used again. */
  readonly read: (channel: number) => Float32Array;
  readonly close: () => void;
};

/**
 * Ties the element to an audio graph, which can be done once only, and unmutes it: from then on the graph decides
 * whether it is heard. Browsers allow that after a first gesture in the page.
 */
export function openSound(video: HTMLVideoElement): PictureSound {
  const context = new AudioContext();
  const source = context.createMediaElementSource(video);
  const volume = context.createGain();
  volume.gain.value = 0;
  source.connect(volume).connect(context.destination);
  const splitter = context.createChannelSplitter(2);
  source.connect(splitter);
  const analysers = [0, 1].map((channel) => {
    const analyser = context.createAnalyser();
    analyser.fftSize = SAMPLES;
    splitter.connect(analyser, channel);
    return analyser;
  });
  const samples = new Float32Array(SAMPLES);
  video.muted = false;
  return {
    setHeard: (heard) => {
      volume.gain.value = heard ? 1 : 0;
    },
    read: (channel) => {
      analysers[channel]?.getFloatTimeDomainData(samples);
      return samples;
    },
    // Contexts that are left open go on for ever, and browsers allow only a few.
    close: () => void context.close(),
  };
}
