/**
 * Requests about targets on their way out and in.
 * @module
 */
import { MAX_MESSAGE_BYTES } from '../../src-shared/bridge/contract.ts';
import {
  importPreviewSchema,
  targetExportSchema,
  targetImportSchema,
} from '../../src-shared/model/target-import.ts';
import type { ApiRoute } from './api-route.ts';

const targets = (route: Omit<ApiRoute, 'tag'>): ApiRoute => ({ ...route, tag: 'targets' });

/** A part of `API_ROUTES`. */
export const PORTABLE_ROUTES: readonly ApiRoute[] = [
  targets({
    method: 'POST',
    url: '/targets/export',
    command: 'targets.export',
    summary: 'The targets as the text of a file; keys are in it only with a passphrase, which locks them.',
    status: 200,
    body: targetExportSchema,
  }),
  targets({
    method: 'POST',
    url: '/targets/import/preview',
    command: 'targets.preview-import',
    summary: 'What of such a file may be taken in, keys masked. Changes nothing.',
    status: 200,
    body: importPreviewSchema,
    maxBodyBytes: MAX_MESSAGE_BYTES,
  }),
  targets({
    method: 'GET',
    url: '/targets/import/obs',
    command: 'targets.find-in-obs',
    summary: 'What of the profiles of OBS on this computer may be taken in, keys masked. Changes nothing.',
    status: 200,
  }),
  targets({
    method: 'POST',
    url: '/targets/import',
    command: 'targets.import',
    summary: 'Takes targets in that a preview has listed, all or none of them; they are switched off.',
    status: 201,
    body: targetImportSchema,
  }),
];
