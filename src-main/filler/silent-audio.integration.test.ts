/**
 * Silence held against real decoders: FFmpeg as it is installed for what FLV has always carried, and the libraries of
 * `node-av` (FFmpeg 8) for Enhanced RTMP, which the installed one may be too old to read.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as NodeAv from 'node-av';
import { afterAll, expect, test } from 'vitest';
import { joinBytes } from '../bytes/join.ts';
import { bitsOf, u } from '../codec/testing/bits-of.ts';
import { FlvTagReader, flvFileHeader, flvTag } from '../flv/flv-tags.ts';
import { silentAudioOf, type SilentAudio } from './silent-audio.ts';

const AUDIO = 8;
const folder = mkdtempSync(join(tmpdir(), 'relaydeck-silence-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
const nodeAv = await importNodeAv();
const withFfmpeg = test.skipIf(!hasFfmpeg);
const withNodeAv = test.skipIf(!hasFfmpeg || nodeAv === undefined);
const needsFfmpeg = hasFfmpeg ? '' : ' (needs FFmpeg)';
const needsNodeAv = hasFfmpeg && nodeAv !== undefined ? '' : ' (needs FFmpeg and node-av)';

/** node-av is made for Node 22, which has `Promise.withResolvers`. */
async function importNodeAv(): Promise<typeof NodeAv | undefined> {
  if (!('withResolvers' in Promise)) {
    const withResolvers = (): object => {
      let settle: object = {};
      const promise = new Promise((resolve, reject) => (settle = { resolve, reject }));
      return { promise, ...settle };
    };
    Object.defineProperty(Promise, 'withResolvers', { value: withResolvers });
  }
  return import('node-av').catch(() => undefined);
}

/** One second of tone, encoded, as the tags of an FLV file. */
function toneInFlv(args: readonly string[]): Uint8Array[] {
  const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1'];
  const file = execFileSync('ffmpeg', ['-v', 'error', ...tone, ...args, '-f', 'flv', '-']);
  const reader = new FlvTagReader();
  reader.push(file);
  const payloads: Uint8Array[] = [];
  for (let tag = reader.next(); tag !== undefined; tag = reader.next()) {
    if (tag.typeId === AUDIO) payloads.push(tag.payload);
  }
  return payloads;
}

/** An FLV file of whatever was before, then a second or more of silence. */
function fileOf(before: readonly Uint8Array[], silent: SilentAudio): { file: Uint8Array; frames: number } {
  const frameMs = (1000 * silent.samples) / silent.sampleRateHz;
  const frames = Math.ceil(1000 / frameMs);
  // Headers share their time with the first frame.
  const messages = [...before, ...Array.from({ length: frames }, () => silent.payload)];
  const tags = messages.map((payload, n) => flvTag(AUDIO, Math.round(n * frameMs), payload));
  return { file: joinBytes([flvFileHeader({ hasVideo: false }), ...tags]), frames };
}

/** What the installed FFmpeg makes of it: its complaints, and samples from -32768 to 32767. */
function decode(file: Uint8Array, channels: number): { errors: string; samples: Int16Array } {
  const args = ['-v', 'error', '-f', 'flv', '-i', '-', '-f', 's16le', '-ac', `${channels}`, '-'];
  const { stdout, stderr } = spawnSync('ffmpeg', args, { input: file, maxBuffer: 2 ** 26 });
  return { errors: stderr.toString(), samples: new Int16Array(Uint8Array.from(stdout).buffer) };
}

const loudest = (samples: Int16Array): number =>
  samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

const TONES: readonly (readonly [string, number, readonly string[]])[] = [
  ['AAC LC mono', 1, ['-c:a', 'aac', '-ac', '1', '-ar', '44100']],
  ['AAC LC stereo', 2, ['-c:a', 'aac', '-ac', '2', '-ar', '48000']],
  ['AAC LC 5.1', 6, ['-c:a', 'aac', '-ac', '6', '-ar', '48000']],
  ['MP3 mono 22.05 kHz', 1, ['-c:a', 'libmp3lame', '-ac', '1', '-ar', '22050', '-b:a', '64k']],
  ['MP3 joint stereo 44.1 kHz', 2, ['-c:a', 'libmp3lame', '-ac', '2', '-ar', '44100', '-b:a', '128k']],
  ['PCM 16 bit stereo', 2, ['-c:a', 'pcm_s16le', '-ac', '2', '-ar', '44100']],
  ['PCM 8 bit mono', 1, ['-c:a', 'pcm_u8', '-ac', '1', '-ar', '11025']],
  ['G.711 A-law', 1, ['-c:a', 'pcm_alaw', '-ac', '1', '-ar', '8000']],
  ['G.711 mu-law', 1, ['-c:a', 'pcm_mulaw', '-ac', '1', '-ar', '8000']],
];

for (const [name, channels, args] of TONES) {
  withFfmpeg(`${name}: silence alone is a stream of exact length${needsFfmpeg}`, () => {
    const tone = toneInFlv(args);
    const silent = silentOf(tone);
    const headers = tone.filter((payload) => isAacHeader(payload));
    const { file, frames } = fileOf(headers, silent);
    const { errors, samples } = decode(file, channels);
    expect(errors).toBe('');
    expect(samples.length).toBe(frames * silent.samples * channels);
    expect(loudest(samples)).toBeLessThanOrEqual(isALaw(name) ? 8 : 0);
  });

  withFfmpeg(`${name}: silence goes on from sound${needsFfmpeg}`, () => {
    const tone = toneInFlv(args);
    const silent = silentOf(tone);
    const { file, frames } = fileOf(tone, silent);
    const { errors, samples } = decode(file, channels);
    expect(errors).toBe('');
    // The first frame of silence may still hold the end of the sound: transforms overlap.
    const silence = samples.subarray(samples.length - (frames - 2) * silent.samples * channels);
    expect(loudest(samples)).toBeGreaterThan(1_000);
    expect(loudest(silence)).toBeLessThanOrEqual(isALaw(name) ? 8 : 1);
  });
}

function silentOf(payloads: readonly Uint8Array[]): SilentAudio {
  const silent = silentAudioOf(payloads.find(isAacHeader), payloads.at(-1));
  if (silent === undefined) throw new Error('no silence');
  return silent;
}

function isAacHeader(payload: Uint8Array): boolean {
  return (payload[0] ?? 0) >> 4 === 10 && payload[1] === 0;
}

/** A-law has no zero: its smallest value is 8. */
function isALaw(name: string): boolean {
  return name.endsWith('A-law');
}

/** Object type, sample rate index, channelConfiguration; `rest` begins with frameLengthFlag. */
const aacConfig = (objectType: number, configuration: number, rest = '000'): Uint8Array =>
  bitsOf(u(objectType, 5) + u(3, 4) + u(configuration, 4) + rest);
const HE_AAC = Uint8Array.of(0x2b, 0x92, 0x08, 0x00);
const HE_AAC_V2 = Uint8Array.of(0xeb, 0x8a, 0x08, 0x00);

test.skipIf(!hasFfmpeg).each([
  ['Main, stereo', aacConfig(1, 2), 2, 1],
  ['LTP, stereo', aacConfig(4, 2), 2, 1],
  ['LC of 960 samples, stereo', aacConfig(2, 2, '100'), 2, 1],
  ['LC, configuration 1', aacConfig(2, 1), 1, 1],
  ['LC, configuration 3', aacConfig(2, 3), 3, 1],
  ['LC, configuration 4', aacConfig(2, 4), 4, 1],
  ['LC, configuration 5', aacConfig(2, 5), 5, 1],
  ['LC, configuration 6', aacConfig(2, 6), 6, 1],
  ['LC, configuration 7', aacConfig(2, 7), 8, 1],
  ['HE-AAC, which doubles the samples', HE_AAC, 2, 2],
  ['HE-AACv2, which doubles samples and channels', HE_AAC_V2, 2, 2],
] as const)(`AAC %s${needsFfmpeg}`, (_, config, channels, factor) => {
  const header = joinBytes([Uint8Array.of(0xaf, 0), config]);
  const silent = silentAudioOf(header, undefined);
  if (silent === undefined) throw new Error('no silence');
  const { file, frames } = fileOf([header], silent);
  const { errors, samples } = decode(file, channels);
  expect(errors).toBe('');
  expect(samples.length).toBe(frames * silent.samples * factor * channels);
  expect(loudest(samples)).toBe(0);
});

type Heard = { readonly samples: number; readonly channels: number; readonly loudest: number };

/** What FFmpeg 8 makes of an FLV file with an enhanced header; anything wrong with a frame is thrown. */
async function hear(file: Uint8Array): Promise<Heard> {
  if (nodeAv === undefined) throw new Error('no node-av');
  const path = join(folder, 'enhanced.flv');
  writeFileSync(path, file);
  await using input = await nodeAv.Demuxer.open(path);
  const stream = input.audio();
  if (stream === undefined) throw new Error('no audio found');
  using decoder = await nodeAv.Decoder.create(stream, { exitOnError: true });
  let [samples, channels, most] = [0, 0, 0];
  for await (const frame of decoder.frames(input.packets(stream.index))) {
    if (frame === null) continue;
    samples += frame.nbSamples;
    channels = frame.channels;
    // Zero is zeros in every sample format that these decoders give.
    for (const plane of frame.data ?? []) most = plane.reduce((one, other) => Math.max(one, other), most);
    frame.free();
  }
  return { samples, channels, loudest: most };
}

const ex = (packetType: number, fourCc: string, ...pieces: Uint8Array[]): Uint8Array =>
  joinBytes([Uint8Array.of(0x90 | packetType), Buffer.from(fourCc), ...pieces]);
/** An encoded tone in a container of its own, from which the test takes header and frames. */
const encoded = (...args: readonly string[]): Buffer =>
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    'sine=duration=1:sample_rate=48000',
    ...args,
    '-',
  ]);
/** OpusHead: channels, preSkip 0, 48000 Hz, no gain, then family and mapping. */
const opusHead = (channels: number, ...mapping: readonly number[]): Uint8Array =>
  Uint8Array.of(...Buffer.from('OpusHead'), 1, channels, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, ...mapping);

withNodeAv.each([
  ['mono', opusHead(1, 0), 1],
  ['stereo', opusHead(2, 0), 2],
  ['5.1 of four streams', opusHead(6, 1, 4, 2, 0, 4, 1, 2, 3, 5), 6],
  ['7.1 of five streams', opusHead(8, 1, 5, 3, 0, 6, 1, 2, 3, 4, 5, 7), 8],
] as const)(`Opus %s${needsNodeAv}`, async (_, head, channels) => {
  const header = ex(0, 'Opus', head);
  const silent = silentAudioOf(header, undefined);
  if (silent === undefined) throw new Error('no silence');
  const { file, frames } = fileOf([header], silent);
  expect(await hear(file)).toEqual({ samples: frames * 960, channels, loudest: 0 });
});

withNodeAv.each([
  ['mono 16 bit', ['-ac', '1', '-sample_fmt', 's16'], 1],
  ['stereo 24 bit', ['-ac', '2', '-sample_fmt', 's32'], 2],
  ['5.1 16 bit', ['-ac', '6', '-sample_fmt', 's16'], 6],
] as const)(`FLAC %s${needsNodeAv}`, async (_, args, channels) => {
  const made = encoded('-c:a', 'flac', ...args, '-f', 'flac');
  const header = ex(0, 'fLaC', made.subarray(0, 4), Uint8Array.of(0x80), made.subarray(5, 42));
  const silent = silentAudioOf(header, undefined);
  if (silent === undefined) throw new Error('no silence');
  const { file, frames } = fileOf([header], silent);
  expect(await hear(file)).toEqual({ samples: frames * silent.samples, channels, loudest: 0 });
});

withFfmpeg(`FLAC in a file of its own: checksums and all${needsFfmpeg}`, () => {
  const made = encoded('-c:a', 'flac', '-ac', '2', '-f', 'flac');
  const silent = silentAudioOf(ex(0, 'fLaC', made.subarray(0, 4), made.subarray(4, 42)), undefined);
  const file = joinBytes([made.subarray(0, 4), Uint8Array.of(0x80), made.subarray(5, 42), frameOf(silent)]);
  const args = ['-v', 'error', '-err_detect', 'crccheck+bitstream+explode', '-f', 'flac', '-i', '-'];
  const { stdout, stderr } = spawnSync('ffmpeg', [...args, '-f', 's16le', '-'], { input: file });
  expect(stderr.toString()).toBe('');
  expect(stdout.equals(Buffer.alloc((silent?.samples ?? 0) * 4))).toBe(true);
});

function frameOf(silent: SilentAudio | undefined): Uint8Array {
  return silent?.payload.subarray(5) ?? new Uint8Array(0);
}

withNodeAv(`MP3 and AAC in their enhanced form${needsNodeAv}`, async () => {
  const mp3 = toneInFlv(['-c:a', 'libmp3lame', '-ac', '2', '-ar', '48000']).at(-2) ?? new Uint8Array(0);
  const silent = silentAudioOf(undefined, ex(1, '.mp3', mp3.subarray(1)));
  if (silent === undefined) throw new Error('no silence');
  const { file, frames } = fileOf([], silent);
  expect(await hear(file)).toEqual({ samples: frames * 1152, channels: 2, loudest: 0 });

  const header = ex(0, 'mp4a', aacConfig(2, 6));
  const aac = silentAudioOf(header, undefined);
  if (aac === undefined) throw new Error('no silence');
  const second = fileOf([header], aac);
  expect(await hear(second.file)).toEqual({ samples: second.frames * 1024, channels: 6, loudest: 0 });
});
