/**
 * Real players for the interop table. Each writes what it gets into an FLV without decoding it, and ends by itself
 * when the server tells it that the stream has ended.
 * @module
 */
import { join } from 'node:path';
import type { Needs } from './abilities.ts';
import type { Child } from './child.ts';
import { startFfmpeg8 } from './encoders.ts';
import type { Stage } from './stage.ts';
import { tool } from './tools.ts';

/** A player at work. */
export type Playing = {
  readonly child: Child;
  /** FLV of what it got. */
  readonly file: string;
};

/** A player, ready to play an address. */
export type Player = {
  readonly name: string;
  readonly needs: Needs;
  /** It takes the stream apart and writes headers of its own; frames stay as they are. */
  readonly ownHeaders: boolean;
  /** Video messages below this many bytes it throws away. */
  readonly leastVideoBytes: number;
  /** Messages of each kind that it holds when it hears of the end, and throws away then. */
  readonly lostAtEnd: number;
  readonly play: (stage: Stage, url: string) => Playing;
};

export const ffmpeg5Plays: Player = {
  name: 'FFmpeg 5',
  needs: { tools: ['ffmpeg'] },
  ...{ ownHeaders: false, leastVideoBytes: 0, lostAtEnd: 0 },
  play: (stage, url) => {
    const file = join(stage.dir, 'played.flv');
    const quiet = ['-hide_banner', '-loglevel', 'warning', '-nostdin', '-y'];
    const args = [...quiet, '-i', url, '-map', '0', '-c', 'copy', file];
    return { child: stage.start('ffmpeg5-player', tool('ffmpeg'), args), file };
  },
};

export const ffmpeg8Plays: Player = {
  name: 'FFmpeg 8',
  needs: { packages: ['node-av'] },
  ...{ ownHeaders: true, leastVideoBytes: 0, lostAtEnd: 0 },
  play: (stage, url) => {
    const file = join(stage.dir, 'played.flv');
    return { child: startFfmpeg8(stage, { inputs: [url], outputs: [file] }, 'ffmpeg8-player'), file };
  },
};

/** GStreamer's rtmp2src gives FLV as it comes. The message it holds when StreamEOF comes it gives to nobody. */
export const gstreamerPlays: Player = {
  name: 'GStreamer rtmp2src',
  needs: { tools: ['gst'], gstElements: ['rtmp2src'] },
  ...{ ownHeaders: false, leastVideoBytes: 0, lostAtEnd: 1 },
  play: (stage, url) => {
    const file = join(stage.dir, 'played.flv');
    const tls = url.startsWith('rtmps:') ? ['tls-validation-flags=0'] : [];
    const args = ['rtmp2src', `location=${url}`, ...tls, '!', 'filesink', `location=${file}`];
    return { child: stage.start('gst-player', tool('gst'), args), file };
  },
};

/** rtmpdump writes FLV as it comes, but leaves out video of 5 bytes and less: AVC's end of sequence. */
export const rtmpdumpPlays: Player = {
  name: 'rtmpdump',
  needs: { tools: ['rtmpdump'] },
  ...{ ownHeaders: false, leastVideoBytes: 6, lostAtEnd: 0 },
  play: (stage, url) => {
    const file = join(stage.dir, 'played.flv');
    const slash = url.lastIndexOf('/');
    const address = ['-r', url.slice(0, slash), '-y', url.slice(slash + 1)];
    return {
      child: stage.start('rtmpdump', tool('rtmpdump'), [...address, '--live', '-o', file]),
      file,
    };
  },
};
