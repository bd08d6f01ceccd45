/**
 * @module
 */
import { use, type ComponentProps } from 'react';
import { DiscreetContext } from './discreet-context.ts';
import { INPUT_CLASS } from './field.tsx';

/** An input for a server's address: dots while keys and addresses are hidden. */
export function AddressInput({
  className = '',
  ...rest
}: Omit<ComponentProps<'input'>, 'type' | 'autoComplete'>) {
  const discreet = use(DiscreetContext);
  return (
    <input
      {...rest}
      type={discreet ? 'password' : 'text'}
      // Browsers must not offer to keep an address as a password.
      autoComplete={discreet ? 'new-password' : 'off'}
      autoCapitalize="none"
      spellCheck={false}
      className={`${INPUT_CLASS} ${className}`}
    />
  );
}
