import { expect, test } from 'vitest';
import type { Update } from '../../src-shared/bridge/contract.ts';
import { UpdateFeed } from './update-feed.ts';

const removed = (id: string): Update => ({ type: 'target-removed', id });

test('the snapshot first, then every change in order, to all, until they stop', () => {
  const feed = new UpdateFeed();
  const heard: string[] = [];
  const listen = (name: string) =>
    feed.subscribe(removed('snapshot'), (update) => heard.push(`${name} ${'id' in update ? update.id : ''}`));
  feed.emit(removed('nobody hears this'));
  const stopOne = listen('one');
  expect(heard).toEqual(['one snapshot']);
  feed.emit(removed('a'));
  listen('two');
  feed.emit(removed('b'));
  stopOne();
  stopOne();
  feed.emit(removed('c'));
  expect(heard).toEqual(['one snapshot', 'one a', 'two snapshot', 'one b', 'two b', 'two c']);
});

test('one may stop while it is told', () => {
  const feed = new UpdateFeed();
  let heard = 0;
  const stop = feed.subscribe(removed('snapshot'), () => {
    heard++;
    if (heard === 2) stop();
  });
  feed.emit(removed('a'));
  feed.emit(removed('b'));
  expect(heard).toBe(2);
});
