/**
 * FFmpeg 8 (the libraries inside `node-av`) as a program of its own: takes streams as they are from the inputs and
 * writes them, unchanged, into FLV outputs; files or RTMP, both ways.
 *
 * Its only argument is a JSON object, see {@link Job}. On stderr: what FFmpeg complains of; on stdout one line when
 * it is done.
 * @module
 */

/**
 * @typedef {object} Job
 * @property {readonly string[]} inputs Files or addresses; all their streams are taken, in order.
 * @property {Readonly<Record<string, string>>} [inputOptions] For every input, such as `listen`.
 * @property {readonly string[]} outputs Files or addresses, all FLV.
 * @property {Readonly<Record<string, string>>} [outputOptions] For outputs that are addresses.
 * @property {boolean} [realTime] Sends at the speed of the streams' own time, as an encoder does.
 * @property {number} [seconds] Ends after this much of the streams' time.
 */

/** Jobs here take seconds; one that hangs must not outlive its test by much. */
const LONGEST_MS = 60_000;

// node-av is made for Node 22.
if (!('withResolvers' in Promise)) {
  const withResolvers = () => {
    /** @type {(value: unknown) => void} */
    let resolve = () => undefined;
    /** @type {(reason: unknown) => void} */
    let reject = () => undefined;
    const promise = new Promise((yes, no) => {
      resolve = yes;
      reject = no;
    });
    return { promise, resolve, reject };
  };
  Object.defineProperty(Promise, 'withResolvers', { value: withResolvers });
}

const { Dictionary, FFmpegError, FormatContext, Log, Packet } = await import('node-av/lib');
const { AV_LOG_WARNING } = await import('node-av/constants');

/** @type {Job} */
const job = JSON.parse(process.argv[2] ?? '{}');
setTimeout(() => {
  console.error(`not done within ${LONGEST_MS} ms`);
  process.exit(3);
}, LONGEST_MS).unref();
Log.setLevel(AV_LOG_WARNING);

/**
 * @param {number} result
 * @param {string} what
 */
function check(result, what) {
  FFmpegError.throwIfError(result, what);
}

/** @param {string} url */
const isAddress = (url) => /^rtmps?:/.test(url);
/** @param {Readonly<Record<string, string>> | undefined} options */
const dictionary = (options) => (options === undefined ? null : Dictionary.fromObject(options));

/** @typedef {import('node-av/lib').FormatContext} Context */
/** @typedef {{ context: Context, first: number, at: number, over: boolean, packet: import('node-av/lib').Packet }} Input */

/** @type {Input[]} */
const inputs = [];
/** @type {import('node-av/lib').Stream[]} */
const streams = [];
for (const url of job.inputs) {
  const context = new FormatContext();
  check(await context.openInput(url, null, dictionary(job.inputOptions)), `open ${url}`);
  check(await context.findStreamInfo(), `streams of ${url}`);
  const packet = new Packet();
  packet.alloc();
  inputs.push({ context, first: streams.length, at: 0, over: false, packet });
  streams.push(...(context.streams ?? []));
}

/** @type {Context[]} */
const outputs = [];
for (const url of job.outputs) {
  const context = new FormatContext();
  check(context.allocOutputContext2(null, 'flv', url), `output ${url}`);
  for (const stream of streams) {
    const copy = context.newStream(null);
    check(stream.codecpar.copy(copy.codecpar), 'codec parameters');
    copy.codecpar.codecTag = 0;
    copy.timeBase = stream.timeBase;
  }
  check(await context.openOutput(), `open ${url}`);
  const options = isAddress(url) ? job.outputOptions : undefined;
  check(
    await context.writeHeader(dictionary({ flvflags: 'no_duration_filesize', ...options })),
    `header to ${url}`,
  );
  outputs.push(context);
}

/**
 * Reads on until the input holds a packet, or is over.
 * @param {Input} input
 */
async function readOn(input) {
  const result = await input.context.readFrame(input.packet);
  if (result < 0) {
    input.over = true;
    return;
  }
  const stream = streams[input.first + input.packet.streamIndex];
  const base = stream?.timeBase ?? { num: 1, den: 1000 };
  input.at = (Number(input.packet.dts) * base.num) / base.den;
}

for (const input of inputs) await readOn(input);
const started = performance.now();
/** @type {number | undefined} */
let begin;
let sent = 0;
for (;;) {
  const open = inputs.filter((input) => !input.over).sort((one, other) => one.at - other.at);
  const input = open[0];
  if (input === undefined) break;
  begin ??= input.at;
  if (job.seconds !== undefined && input.at - begin > job.seconds) break;
  const waitMs = (input.at - begin) * 1000 - (performance.now() - started);
  if (job.realTime === true && waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  const index = input.first + input.packet.streamIndex;
  for (const output of outputs) {
    const copy = input.packet.clone();
    const to = output.streams?.[index];
    const from = streams[index];
    if (copy === null || to === undefined || from === undefined) continue;
    copy.streamIndex = index;
    copy.rescaleTs(from.timeBase, to.timeBase);
    check(await output.writeFrame(copy), 'write');
    copy.free();
  }
  sent++;
  input.packet.unref();
  await readOn(input);
}
for (const output of outputs) {
  await output.writeTrailer();
  await output.closeOutput();
}
console.log(`done: ${sent} packets`);
process.exit(0);
