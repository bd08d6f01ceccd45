/**
 * @module
 */
import { createContext } from 'react';

/** Whether keys and addresses are hidden, for parts that know no store. */
export const DiscreetContext = createContext(false);
