/**
 * The exact clicks per encoder.
 * @module
 */
import { t } from '../../language/translate.ts';

export type EncoderClicks = {
  readonly id: string;
  readonly name: string;
  readonly clicks: readonly string[];
};

/** Menu names as the programs write them in the window's language. */
export function encoders(): readonly EncoderClicks[] {
  return [
    {
      id: 'obs',
      name: 'OBS Studio',
      clicks: [
        t('Open Settings → Stream.'),
        t('Service: “Custom…”.'),
        t('Server: paste the server address. Stream Key: paste the stream key. Press OK.'),
        t('Settings → Output → Streaming: Rate Control CBR, Keyframe Interval 2 s.'),
        t('Press “Start Streaming”.'),
      ],
    },
    {
      id: 'vmix',
      name: 'vMix',
      clicks: [
        t('Press the cog wheel beside “Stream”.'),
        t('Destination: “Custom RTMP Server”.'),
        t('URL: paste the server address. Stream Name or Key: paste the stream key.'),
        t('Press the cog wheel beside Quality: H264, Keyframe Latency 2 s, Audio AAC 48 kHz.'),
        t('“Save and Close”, then press “Stream”.'),
      ],
    },
    {
      id: 'streamlabs',
      name: 'Streamlabs',
      clicks: [
        t('Open Settings → Stream.'),
        t('Choose “Stream to custom ingest”. Stream Type: “Custom Streaming Server”.'),
        t('URL: paste the server address. Stream key: paste the stream key. Press “Done”.'),
        t('Settings → Output: Rate Control CBR, Keyframe Interval 2.'),
        t('Press “Go Live”.'),
      ],
    },
    {
      id: 'larix',
      name: t('Larix (phone)'),
      clicks: [
        t('Phone and studio must be in the same network.'),
        t('Larix: Settings (cog wheel) → Connections → + → Connection.'),
        t('URL: the server address, a slash, then the stream key. Name: Relaydeck. Save.'),
        t('Settings → Video: keyframe frequency 2 s. Settings → Audio: 48 kHz.'),
        t('Tick the connection and press the red button.'),
      ],
    },
  ];
}

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
