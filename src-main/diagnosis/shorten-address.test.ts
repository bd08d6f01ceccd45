import { expect, test } from 'vitest';
import { shortenAddresses } from './shorten-address.ts';

test.each([
  ['203.0.113.77', '203.0.113.x'],
  ['203.0.113.77:1935', '203.0.113.x:1935'],
  ['::ffff:203.0.113.77', '::ffff:203.0.113.x'],
  ['(203.0.113.77).', '(203.0.113.x).'],
  ['gone: 203.0.113.77, 8.8.8.8.', 'gone: 203.0.113.x, 8.8.8.x.'],
  ['2a02:8109:1:2:3:4:5:6', '2a02:8109:1:2:…'],
  ['2a02:8109::6', '2a02:8109:0:0:…'],
  ['[2A02:8109:1:2::6]:1935', '[2A02:8109:1:2:…]:1935'],
  ['fe80::1234:56ff:fe78:9abc', 'fe80:0:0:0:…'],
  ['fe80::1%eth0', 'fe80:0:0:0:…%eth0'],
  ['new: 2a02:8109::6.', 'new: 2a02:8109:0:0:….'],
])('%s becomes %s', (text, short) => {
  expect(shortenAddresses(text)).toBe(short);
});

test.each([
  '127.0.0.1',
  '0.0.0.0:1935',
  '10.1.2.3',
  '172.16.0.9',
  '172.31.255.1',
  '192.168.1.20',
  '169.254.3.4',
  '100.64.0.1',
  '::1',
  '::',
  '[::1]:8935',
  'fd12:3456:789a:1::1',
  'at 12:34:56 it',
  '2026-01-01T12:34:56.789Z',
  'aa:bb:cc:dd:ee:ff',
  'AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99',
  'version 999.1.2.3',
  'std::vector',
])('%s stays', (text) => {
  expect(shortenAddresses(text)).toBe(text);
});

test.each(['172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '11.0.0.1', '192.169.0.1'])(
  '%s is not private',
  (address) => {
    expect(shortenAddresses(address)).toMatch(/\.x$/);
  },
);

test('long rows of digits and colons cost no more than their length', () => {
  const began = performance.now();
  for (const part of ['1.', ':', 'a:', '1']) shortenAddresses(part.repeat(100_000));
  expect(performance.now() - began).toBeLessThan(2_000);
});
