/**
 * @module
 */
import { useOwn } from '../../state/window-context.tsx';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { useMemo } from 'react';

/** Colours and sizes a canvas cannot take from style sheets. */
export type PlotLook = {
  readonly line: string;
  readonly fill: string;
  readonly grid: string;
  readonly text: string;
  readonly marks: Readonly<Record<'info' | 'warning' | 'error', string>>;
  readonly fontPx: number;
  readonly family: string;
};

/** `_cause`: what may have changed the style sheet's answers since. */
function readLook(_cause: string): PlotLook {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const accent = token('--accent');
  return {
    line: accent,
    fill: `${accent}22`,
    grid: token('--line'),
    text: token('--faint'),
    marks: { info: accent, warning: token('--strained'), error: token('--failing') },
    fontPx: Number.parseFloat(style.fontSize) * 0.72,
    family: getComputedStyle(document.body).fontFamily,
  };
}

/** The look of the plots, read anew when theme or size of the window's letters change. */
export function usePlotLook(): PlotLook {
  const theme = useOwn((own) => own.theme);
  const light = useMediaQuery('(prefers-color-scheme: light)');
  const contrast = useMediaQuery('(prefers-contrast: more)');
  const large = useMediaQuery('(min-width: 2200px)');
  // Each of them changes what the style sheet says, so each of them makes the look be read anew.
  const cause = [theme, light, contrast, large].join();
  return useMemo(() => readLook(cause), [cause]);
}
