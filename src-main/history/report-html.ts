/**
 * A report as one HTML page that needs nothing else: no script, no file, no line to anywhere.
 * @module
 */
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { ShowOutage, ShowReport, ShowTarget } from '../../src-shared/model/show-report.ts';
import { escapeHtml } from './escape-html.ts';
import { minuteBars } from './minute-bars.ts';
import { bytesWords, lengthWords, shareWords, timeWords, type TimeWords } from './report-words.ts';

/** Events on the page, the newest: more makes it slow to open. All are in the JSON. */
const MOST_EVENTS = 1_000;

const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f27;--soft:#5b6472;--line:#dce0e7;--page:#fff;--box:#f6f7f9;--sent:#2f6fed;--dropped:#c77700;--lost:#d3383f}
@media(prefers-color-scheme:dark){:root{--ink:#e7eaf0;--soft:#9aa4b4;--line:#303743;--page:#14171d;--box:#1b1f27;--sent:#6c9dff;--dropped:#f0a63a;--lost:#ff6b70}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:62rem;padding:2rem 1.25rem;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;margin:0}h2{font-size:1.2rem;margin:0}h3{font-size:1rem;margin:1rem 0 .25rem}
p{margin:.25rem 0}.soft{color:var(--soft)}
section{margin-top:1.5rem;padding:1rem 1.25rem;background:var(--box);border:1px solid var(--line);border-radius:.6rem}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.5rem 1rem;margin:.75rem 0}
dt{color:var(--soft);font-size:.85rem}dd{margin:0;font-variant-numeric:tabular-nums}
table{width:100%;border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.3rem .75rem .3rem 0;border-top:1px solid var(--line)}
th{color:var(--soft);font-weight:500;font-size:.85rem}td:first-child{white-space:nowrap;font-variant-numeric:tabular-nums}
svg{display:block;width:100%;height:4rem;margin:.5rem 0}
.sent{fill:var(--sent)}.dropped{fill:var(--dropped)}.lost{fill:var(--lost)}
.warning td:first-child{border-left:3px solid var(--dropped);padding-left:.5rem}.error td:first-child{border-left:3px solid var(--lost);padding-left:.5rem}
@media print{section{break-inside:avoid}}
`;

/** The whole page. @param options.timeZone Such as `Europe/Berlin`; left out: this computer's. */
export function reportHtml(report: ShowReport, options: { readonly timeZone?: string } = {}): string {
  const { show, seconds, targets, events } = report;
  const words = timeWords(options.timeZone);
  const title = `${show.ingestName}, ${words.date(show.startedAt)}`;
  const until =
    show.endedAt === null
      ? `until ${words.date(show.lastSeenAt)}, which is the last that is known`
      : `until ${words.date(show.endedAt)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(show.ingestName)}</h1>
<p class="soft">${escapeHtml(`From ${words.date(show.startedAt)} ${until}: ${lengthWords(seconds)}.`)}</p>
</header>
${encoderSection(report, words)}
${targets.map((target) => targetSection(target, words)).join('\n')}
${eventSection(events, words)}
</body>
</html>
`;
}

function encoderSection(report: ShowReport, words: TimeWords): string {
  const { encoder, encoderOutages, encoderWorstMinute, encoderMinutes } = report;
  const dropped = encoderMinutes.reduce((sum, { droppedFrames }) => sum + droppedFrames, 0);
  return section('Encoder', [
    `<p>${escapeHtml(encoder === '' ? 'Nothing is known of what it sent.' : encoder)}</p>`,
    facts([
      ['Times it was gone', String(encoderOutages.length)],
      ['Frames it dropped', String(dropped)],
    ]),
    minuteBars({
      minutes: encoderMinutes,
      outages: encoderOutages,
      label: 'Encoder by minute',
      time: words.time,
    }),
    worst(encoderWorstMinute, words),
    outageTable(encoderOutages, words),
  ]);
}

function targetSection(target: ShowTarget, words: TimeWords): string {
  const { name, platform, liveSeconds, uptime, reconnects, droppedFrames, bytesSent, meanKbps } = target;
  const { outages, minutes } = target;
  return section(name, [
    `<p class="soft">${escapeHtml(platform)}</p>`,
    facts([
      ['Live', lengthWords(liveSeconds)],
      ['Uptime', uptime === null ? 'it was never live' : shareWords(uptime)],
      ['Reconnects', String(reconnects)],
      ['Dropped frames', String(droppedFrames)],
      ['Sent', bytesWords(bytesSent)],
      ['Mean bitrate', `${Math.round(meanKbps)} kbit/s`],
    ]),
    minuteBars({ minutes, outages, label: `${name} by minute`, time: words.time }),
    worst(target.worstMinute, words),
    outageTable(outages, words),
  ]);
}

function eventSection(events: readonly LogEvent[], words: TimeWords): string {
  if (events.length === 0) return '';
  const rows = events
    .slice(-MOST_EVENTS)
    .map(
      ({ at, level, message }) =>
        `<tr class="${level}"><td>${escapeHtml(words.time(at))}</td><td>${escapeHtml(message)}</td></tr>`,
    );
  const left = events.length - rows.length;
  const note = left > 0 ? `<p class="soft">The first ${left} are left out here.</p>` : '';
  return section('What happened', [note, `<table><tbody>${rows.join('\n')}</tbody></table>`]);
}

const section = (title: string, parts: readonly string[]): string =>
  `<section>\n<h2>${escapeHtml(title)}</h2>\n${parts.filter((part) => part !== '').join('\n')}\n</section>`;

const facts = (pairs: readonly (readonly [string, string])[]): string =>
  `<dl>${pairs.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('')}</dl>`;

function worst(minute: ShowTarget['worstMinute'], words: TimeWords): string {
  if (minute === null) return '<p>No minute was worse than the others.</p>';
  return `<p>${escapeHtml(`Worst minute, from ${words.time(minute.at)}: ${minute.cause}`)}</p>`;
}

function outageTable(outages: readonly ShowOutage[], words: TimeWords): string {
  if (outages.length === 0) return '';
  const rows = outages.map(({ at, seconds, cause }) => {
    const length = seconds === null ? 'not known' : lengthWords(seconds);
    const cells = [words.time(at), length, cause].map((text) => `<td>${escapeHtml(text)}</td>`);
    return `<tr>${cells.join('')}</tr>`;
  });
  const head = '<thead><tr><th>Lost at</th><th>For</th><th>Why</th></tr></thead>';
  return `<h3>Losses</h3>\n<table>${head}<tbody>${rows.join('\n')}</tbody></table>`;
}
