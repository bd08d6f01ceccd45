/**
 * One line of the table of requests.
 * @module
 */
import type { z } from 'zod';
import type { CommandName } from '../../src-shared/bridge/contract.ts';

/** One request of the API that is one command of the contract. */
export type ApiRoute = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`. `:id` goes into the command's arguments. */
  readonly url: string;
  readonly command: CommandName;
  readonly summary: string;
  readonly tag: 'studio' | 'ingests' | 'targets' | 'history' | 'webhooks';
  /** Status of success; 204 has no body. */
  readonly status: 200 | 201 | 204;
  readonly body?: z.ZodType;
  /** Where the body may be longer than that of other requests, bytes. */
  readonly maxBodyBytes?: number;
};
