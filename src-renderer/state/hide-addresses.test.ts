import { expect, it } from 'vitest';
import { hideAddresses } from './hide-addresses.ts';

it.each([
  ['Encoders connect to rtmp://127.0.0.1:1935/live.', 'Encoders connect to •••.'],
  ['OBS connected from 192.168.1.20:50122.', 'OBS connected from •••.'],
  ['A player left ([::1]:5000).', 'A player left (•••).'],
  ['A player left ([fe80::1%eth0]:5000).', 'A player left (•••).'],
  ['It came from 2001:db8:0:1:2:3:4:5 at 20:15:30.', 'It came from ••• at 20:15:30.'],
  ['It came from fe80::1ff:fe23:4567:890a, again.', 'It came from •••, again.'],
  ['Nothing answers at ingest.example.net:1936.', 'Nothing answers at •••.'],
  ['No server is called ingest.example.net.', 'No server is called •••.'],
  [
    'OBS 31.0.2 sends 6 000 kbit/s of H.264, 1080p59.94.',
    'OBS 31.0.2 sends 6 000 kbit/s of H.264, 1080p59.94.',
  ],
  ['The show began at 20:15:30. It ends at 22:00:00.', 'The show began at 20:15:30. It ends at 22:00:00.'],
])('%s', (text, expected) => {
  expect(hideAddresses(text)).toBe(expected);
});

it('what is known by name goes, too, but no longer word that holds it', () => {
  const known = ['nas', 'a+b(c', 'live_1'];
  const text = 'Key live_1 at nas:1935 (nasal) is a+b(c.';
  expect(hideAddresses(text, known)).toBe('Key ••• at ••• (nasal) is •••.');
});
