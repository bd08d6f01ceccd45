/**
 * @module
 */
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../language/translate.ts';
import { Button, type ButtonLook } from './button.tsx';
import { copyText } from './copy-text.ts';

/** How long "Copied" is shown, ms. */
const SHOWN_MS = 1800;

export type CopyButtonProps = {
  /** A function where the text is long or made up only when it is wanted. */
  readonly text: string | (() => string);
  readonly label: string;
  readonly testId?: string;
  /** Shown beside the icon; without it the button is the icon alone. */
  readonly words?: string;
  readonly look?: ButtonLook;
  readonly tabIndex?: number;
  readonly className?: string;
};

/** Copies `text` and says so. */
export function CopyButton({ text, label, testId, words, look = 'quiet', ...rest }: CopyButtonProps) {
  const [result, setResult] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (result === null) return undefined;
    const timer = setTimeout(() => {
      setResult(null);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [result]);
  const Icon = result === 'copied' ? Check : Copy;
  const said = result === 'copied' ? t('Copied') : t('Could not copy');
  return (
    <>
      <Button
        look={look}
        size={words === undefined ? 'icon' : 'sm'}
        aria-label={label}
        data-testid={testId}
        {...rest}
        onClick={() => {
          void copyText(typeof text === 'string' ? text : text()).then((done) => {
            setResult(done ? 'copied' : 'failed');
          });
        }}
      >
        <Icon aria-hidden className={result === 'copied' ? 'size-4 text-good' : 'size-4'} />
        {words}
      </Button>
      <span role="status" className="sr-only">
        {result === null ? '' : said}
      </span>
    </>
  );
}
