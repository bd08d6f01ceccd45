/**
 * @module
 */
import { EyeOff, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../language/translate.ts';
import { classNames } from '../../ui/class-names.ts';
import type { PreviewState } from './preview-session.ts';

/** What stands where a picture is not. */
export type Words = {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly spin?: boolean;
};

/** Why there is no picture though there should be. */
export function playerWords(state: PreviewState | null, codec: string | undefined): Words {
  if (state?.type === 'unplayable') {
    return {
      icon: EyeOff,
      title: t('{{codec}} cannot be shown here', { codec: codec ?? t('This codec') }),
      text: t('This window has no decoder for it. The stream is relayed all the same.'),
    };
  }
  if (state?.type === 'restarting') {
    return {
      icon: LoaderCircle,
      title: t('The picture was lost'),
      text: t('Asking for it again…'),
      spin: true,
    };
  }
  return {
    icon: LoaderCircle,
    title: t('Loading the picture'),
    text: t('Waiting for a keyframe…'),
    spin: true,
  };
}

export type PictureWordsProps = { readonly words: Words; readonly children?: ReactNode };

export function PictureWords({ words, children }: PictureWordsProps) {
  const { icon: Icon, title, text, spin } = words;
  return (
    <div
      className="absolute inset-0 flex flex-col items-center justify-center gap-2 p-4 text-center"
      role="status"
    >
      <Icon aria-hidden className={classNames('size-7 text-white/70', spin === true && 'spin-slow')} />
      <p className="font-semibold">{title}</p>
      <p className="text-sm text-white/80">{text}</p>
      {children}
    </div>
  );
}
