/**
 * Makes assets/slate.png, the picture that viewers see while the encoder is gone and no other was chosen. Run by hand:
 * `node assets/make-slate.mjs`, or with a Chromium of your own: `CHROMIUM=/path/to/chromium node assets/make-slate.mjs`.
 * Needs the DejaVu Sans font. The result is kept in the repository, so nobody else needs them.
 *
 * Flat colours and one soft line: it stays small as a file, and clean at the low bitrate at which it is sent.
 * @module
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';

const WIDTH = 1920;
const HEIGHT = 1080;
/** What fits into the repository without being noticed. */
const MAX_BYTES = 60_000;

const out = join(import.meta.dirname, 'slate.png');
const page = `<!doctype html>
<style>
  * { margin: 0 }
  body { width: ${WIDTH}px; height: ${HEIGHT}px; background: #0b0d12; overflow: hidden;
    font-family: "DejaVu Sans"; display: grid; place-content: center; justify-items: center }
  h1 { font-size: 112px; font-weight: 400; letter-spacing: -0.025em; line-height: 1.2; color: #e9edf3 }
  hr { width: 520px; height: 3px; margin: 44px 0 46px; border: 0; border-radius: 2px;
    background: linear-gradient(90deg, #aab0ff00, #aab0ff 30%, #aab0ff 70%, #aab0ff00) }
  p { font-size: 40px; color: #919cab }
</style>
<h1>Back in a moment</h1><hr><p>The stream continues shortly</p>`;

const executablePath = process.env['CHROMIUM'];
const browser = await chromium.launch({
  args: ['--no-sandbox', '--force-color-profile=srgb'],
  ...(executablePath === undefined ? {} : { executablePath }),
});
try {
  const tab = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT }, deviceScaleFactor: 1 });
  await tab.setContent(page);
  await tab.screenshot({ path: out });
} finally {
  await browser.close();
}
const { size } = statSync(out);
if (size > MAX_BYTES) throw new Error(`${out} is ${size} bytes, more than ${MAX_BYTES}`);
console.log(`${out}: ${size} bytes`);
