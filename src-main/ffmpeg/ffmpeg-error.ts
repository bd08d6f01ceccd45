/**
 * The one error of this room.
 * @module
 */

/** FFmpeg did not do what it was asked to. The message is a sentence or two for the streamer: why, and what to do. */
export class FfmpegError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FfmpegError';
  }
}
