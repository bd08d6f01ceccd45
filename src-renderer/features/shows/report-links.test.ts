import { expect, it } from 'vitest';
import { reportUrl } from './report-links.ts';

it('takes server and token from an address of a preview', () => {
  const url = reportUrl('csv', 's 1', {
    previewUrl: 'http://127.0.0.1:8080/preview/main.flv?token=a%2Bb',
    pageUrl: 'relaydeck://app/index.html',
  });
  expect(url).toBe('http://127.0.0.1:8080/api/v1/history/s%201/report.csv?token=a%2Bb');
});

it('understands an address without a server, and one without a token', () => {
  const pageUrl = 'http://studio.test:8080/?x=1';
  expect(reportUrl('html', 's1', { previewUrl: '/preview/main.flv?token=t', pageUrl })).toBe(
    'http://studio.test:8080/api/v1/history/s1/report.html?token=t',
  );
  expect(reportUrl('json', 's1', { previewUrl: '/preview/main.flv', pageUrl })).toBe(
    'http://studio.test:8080/api/v1/history/s1/report.json',
  );
});
