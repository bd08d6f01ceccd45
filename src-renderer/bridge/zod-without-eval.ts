/**
 * Tells zod not to compile its checks with `new Function`, which the window's Content-Security-Policy forbids.
 * Must be imported before any schema is built.
 * @module
 */
import { config } from 'zod';

config({ jitless: true });
