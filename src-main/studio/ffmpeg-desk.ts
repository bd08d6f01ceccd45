/**
 * The FFmpeg that makes pictures for a hold: which one there is, and what it is asked for.
 * @module
 */
import type { StudioSettings } from '../../src-shared/model/studio-state.ts';
import type { SlateVideo } from '../ffmpeg/slate-arguments.ts';
import type { SlateLoop } from '../filler/slate-loop.ts';
import type { SlateMaker, SlateWish } from './slate-pictures.ts';

/** What looking for an FFmpeg gives: the one to use, and what is wrong with the one that was set. */
export type FfmpegSearch = {
  readonly found: { readonly path: string; readonly version: string } | undefined;
  readonly problem?: string | undefined;
};

/** FFmpeg, outside of the studio. Rejects with sentences for the streamer. */
export type FfmpegRoom = {
  readonly find: (setting: string) => Promise<FfmpegSearch>;
  readonly makeSlate: (options: {
    readonly ffmpeg: string;
    readonly picture: string;
    readonly video: SlateVideo;
    readonly signal: AbortSignal;
  }) => Promise<SlateLoop>;
  /** File of the picture that comes with Relaydeck. */
  readonly builtInPicture: string;
};

/** Looks once, and again when the setting changes. */
export class FfmpegDesk implements SlateMaker {
  readonly #room: FfmpegRoom;
  readonly #onProblem: (words: string) => void;
  #search: FfmpegSearch | undefined;
  #searches = 0;

  constructor(room: FfmpegRoom, onProblem: (words: string) => void) {
    this.#room = room;
    this.#onProblem = onProblem;
  }

  /** As the settings show it; null: none was found, or the search is under way. */
  get shown(): StudioSettings['ffmpeg'] {
    return this.#search?.found ?? null;
  }

  /** @param setting Path; empty: the one that comes with Relaydeck, or the system's. */
  async look(setting: string): Promise<void> {
    const number = ++this.#searches;
    const search = await this.#room.find(setting);
    // A later look knows a newer setting.
    if (number !== this.#searches) return;
    this.#search = search;
    if (search.problem !== undefined) this.#onProblem(search.problem);
  }

  readonly isThere = (): boolean | undefined =>
    this.#search === undefined ? undefined : this.#search.found !== undefined;

  readonly make = async ({ picture, ...video }: SlateWish, signal: AbortSignal): Promise<SlateLoop> => {
    const ffmpeg = this.#search?.found?.path;
    if (ffmpeg === undefined) throw new Error('There is no FFmpeg to make it with.');
    return this.#room.makeSlate({
      ffmpeg,
      picture: picture === '' ? this.#room.builtInPicture : picture,
      video,
      signal,
    });
  };
}
