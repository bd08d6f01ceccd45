/**
 * @module
 */
import { Fragment } from 'react';

export type RichTextProps = {
  /** One sentence; `<b>…</b>` and `<code>…</code>` in it may move to where a language wants them. */
  readonly text: string;
  readonly bold?: string;
};

/** A translated sentence with words that stand out. */
export function RichText({ text, bold = '' }: RichTextProps) {
  return text.split(/(<b>.*?<\/b>|<code>.*?<\/code>)/).map((part, index) => {
    const [, tag, inner] = /^<(b|code)>(.*)<\/\1>$/.exec(part) ?? [];
    if (tag === 'b') {
      return (
        <strong key={index} className={bold}>
          {inner}
        </strong>
      );
    }
    if (tag === 'code') {
      return (
        <code key={index} className="font-mono whitespace-nowrap">
          {inner}
        </code>
      );
    }
    return <Fragment key={index}>{part}</Fragment>;
  });
}
