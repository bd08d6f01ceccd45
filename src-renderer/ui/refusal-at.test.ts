import { expect, it } from 'vitest';
import { refusalAt } from './refusal-at.ts';

it('speaks of a field by its label', () => {
  const refusal = { code: 'bad-value', message: 'url must not be empty.', field: 'url' };
  expect(refusalAt(refusal, 'url', 'Server')).toBe('Server must not be empty.');
  expect(refusalAt(refusal, 'name', 'Name')).toBeNull();
  expect(refusalAt({ ...refusal, message: 'No such scheme.' }, 'url', 'Server')).toBe('No such scheme.');
});
