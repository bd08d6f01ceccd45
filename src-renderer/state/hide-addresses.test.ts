import { expect, it } from 'vitest';
import { hideAddresses } from './hide-addresses.ts';

it.each([
  ['Encoders connect to rtmp://127.0.0.1:1935/live.', 'Encoders connect to •••.'],
  ['OBS connected from 192.168.1.20:50122.', 'OBS connected from •••.'],
  ['A player left ([::1]:5000).', 'A player left (•••).'],
  ['OBS 31.0.2 sends 6 000 kbit/s.', 'OBS 31.0.2 sends 6 000 kbit/s.'],
])('%s', (text, expected) => {
  expect(hideAddresses(text)).toBe(expected);
});
