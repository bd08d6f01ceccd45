/**
 * The exact clicks per encoder.
 * @module
 */

export type EncoderClicks = {
  readonly id: string;
  readonly name: string;
  readonly clicks: readonly string[];
};

/** Menu names as the English versions of these programs write them. */
export const ENCODERS: readonly EncoderClicks[] = [
  {
    id: 'obs',
    name: 'OBS Studio',
    clicks: [
      'Open Settings → Stream.',
      'Service: “Custom…”.',
      'Server: paste the server address. Stream Key: paste the stream key. Press OK.',
      'Settings → Output → Streaming: Rate Control CBR, Keyframe Interval 2 s.',
      'Press “Start Streaming”.',
    ],
  },
  {
    id: 'vmix',
    name: 'vMix',
    clicks: [
      'Press the cog wheel beside “Stream”.',
      'Destination: “Custom RTMP Server”.',
      'URL: paste the server address. Stream Name or Key: paste the stream key.',
      'Press the cog wheel beside Quality: H264, Keyframe Latency 2 s, Audio AAC 48 kHz.',
      '“Save and Close”, then press “Stream”.',
    ],
  },
  {
    id: 'streamlabs',
    name: 'Streamlabs',
    clicks: [
      'Open Settings → Stream.',
      'Choose “Stream to custom ingest”. Stream Type: “Custom Streaming Server”.',
      'URL: paste the server address. Stream key: paste the stream key. Press “Done”.',
      'Settings → Output: Rate Control CBR, Keyframe Interval 2.',
      'Press “Go Live”.',
    ],
  },
  {
    id: 'larix',
    name: 'Larix (phone)',
    clicks: [
      'Phone and studio must be in the same network.',
      'Larix: Settings (cog wheel) → Connections → + → Connection.',
      'URL: the server address, a slash, then the stream key. Name: Relaydeck. Save.',
      'Settings → Video: keyframe frequency 2 s. Settings → Audio: 48 kHz.',
      'Tick the connection and press the red button.',
    ],
  },
];

/** An FFmpeg command that sends a file as an encoder would. */
export function ffmpegCommand(publishUrl: string): string {
  return [
    'ffmpeg -re -i input.mp4',
    '-c:v libx264 -preset veryfast -b:v 4500k -maxrate 4500k -bufsize 9000k',
    '-force_key_frames "expr:gte(t,n_forced*2)" -pix_fmt yuv420p',
    '-c:a aac -b:a 160k -ar 48000 -ac 2',
    `-f flv "${publishUrl}"`,
  ].join(' ');
}
