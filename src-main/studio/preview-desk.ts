/**
 * What can be watched of a studio: its ingests, and what each target is really sent.
 * @module
 */
import type { SentStream } from '../feed/sent-stream.ts';
import type { Stream } from '../hub/stream.ts';
import { FlvPreview } from '../preview/flv-preview.ts';
import { flvStill } from '../preview/flv-still.ts';
import type { StudioPort } from './studio-port.ts';

/** Where the pictures are; undefined: there is no such ingest, or target. */
export type PreviewSources = {
  readonly ingest: (id: string) => Stream | undefined;
  readonly target: (id: string) => SentStream | undefined;
};

/** The port's part that hands out pictures. */
export function previewDesk(sources: PreviewSources): Pick<StudioPort, 'openPreview' | 'stillOf'> {
  return {
    openPreview: ({ type, id }, sink) => {
      const source = sources[type](id);
      if (source === undefined) return undefined;
      const preview = new FlvPreview(source, sink);
      preview.start();
      return preview;
    },
    stillOf: (ingestId) => {
      const stream = sources.ingest(ingestId);
      return stream && flvStill(stream);
    },
  };
}
