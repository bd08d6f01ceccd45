import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { expect, test, vi } from 'vitest';
import { lockDataDir } from './data-dir-lock.ts';

const made = vi.hoisted(() => ({ servers: [] as unknown[] }));

class FakeServer extends EventEmitter {
  listen(_path: string, done: () => void): void {
    done();
  }
  unref(): void {}
  close(done: () => void): void {
    done();
  }
}

vi.mock('node:net', () => ({
  connect: () => undefined,
  createServer: () => {
    const server = new FakeServer();
    made.servers.push(server);
    return server;
  },
}));

test('a lock whose socket fails after it listens (no file descriptors left) does not end the studio', async () => {
  const lock = await lockDataDir(tmpdir());
  const [server] = made.servers;
  expect(server).toBeInstanceOf(FakeServer);
  (server as FakeServer).emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }));
  await lock.release();
});
