import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeFiles } from '../platform/node-files.ts';
import { tlsCertificate } from './tls-certificate.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const FLAGS = { port: 1936, own: undefined };
let dataDir = '';

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'relaydeck-tls-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

test('a certificate is made once, for every name of this computer, and its key is only for the owner', async () => {
  const first = await tlsCertificate(FLAGS, { dataDir, files: nodeFiles, now: NOW });
  const again = await tlsCertificate(FLAGS, { dataDir, files: nodeFiles, now: NOW + 1000 });
  expect(again).toEqual(first);
  const certificate = new X509Certificate(first.cert);
  expect(certificate.subjectAltName).toContain('DNS:localhost');
  expect(certificate.subjectAltName).toContain('IP Address:127.0.0.1');
  if (process.platform !== 'win32') {
    expect((await stat(join(dataDir, 'tls', 'ingest-key.pem'))).mode & 0o777).toBe(0o600);
  }
});

test('one that is about to end, or is damaged, is replaced', async () => {
  const first = await tlsCertificate(FLAGS, { dataDir, files: nodeFiles, now: NOW });
  const end = Date.parse(new X509Certificate(first.cert).validTo);
  const renewed = await tlsCertificate(FLAGS, { dataDir, files: nodeFiles, now: end - 86_400_000 });
  expect(renewed.cert).not.toBe(first.cert);
  const path = join(dataDir, 'tls', 'ingest-cert.pem');
  await nodeFiles.writeWhole(path, 'no certificate', 0o600);
  await tlsCertificate(FLAGS, { dataDir, files: nodeFiles, now: NOW });
  expect(await readFile(path, 'utf8')).toContain('BEGIN CERTIFICATE');
});
