/**
 * Hands the window's stores and its line to the components.
 * @module
 */
import { createContext, use, useCallback, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { RefusedError } from '../../src-shared/bridge/client.ts';
import type { CommandAnswer, CommandArgs, CommandName, Refusal } from '../../src-shared/bridge/contract.ts';
import { tStudio } from '../language/translate-studio.ts';
import type { StudioLink } from '../bridge/studio-link.ts';
import { discreetStudio, hiding, withoutAddresses, type Hide } from './discreet-view.ts';
import type { Studio, StudioStore } from './studio-store.ts';
import { offerUndo, say, type Undo, type WindowState, type WindowStore } from './window-store.ts';

/** What every component may reach. */
export type WindowParts = {
  readonly studio: StudioStore;
  readonly own: WindowStore;
  readonly link: StudioLink;
  /** Whether this is the desktop program's own window, which gives notifications of the system itself. */
  readonly inDesktopProgram: boolean;
};

const PartsContext = createContext<WindowParts | null>(null);

export function WindowContext({
  parts,
  children,
}: {
  readonly parts: WindowParts;
  readonly children: ReactNode;
}) {
  return <PartsContext value={parts}>{children}</PartsContext>;
}

export function useParts(): WindowParts {
  const parts = use(PartsContext);
  if (parts === null) throw new Error('A component was drawn outside of WindowContext.');
  return parts;
}

/** While the window is discreet, sentences hold neither keys nor addresses. */
export function useStudio<T>(select: (studio: Studio) => T): T {
  const discreet = useOwn((own) => own.discreet);
  return useStore(useParts().studio, (studio) => select(discreet ? discreetStudio(studio) : studio));
}

export function useOwn<T>(select: (own: WindowState) => T): T {
  return useStore(useParts().own, select);
}

/** A text or number made from the time; draws again only when it changes. */
export function useNow<T extends string | number | boolean | null>(read: (nowMs: number) => T): T {
  return useOwn(({ nowMs }) => read(nowMs));
}

/** Hides keys and addresses in a text while the window is discreet, for texts that are not from `useStudio`. */
export function useShown(): Hide {
  const discreet = useOwn((own) => own.discreet);
  return useStore(useParts().studio, ({ view }) => (discreet ? hiding(view) : asIs));
}

const asIs: Hide = (text) => text;

/** How a command went; refusals are values here, so that forms can place them. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export type Call = <K extends CommandName>(
  command: K,
  args: CommandArgs<K>,
) => Promise<Outcome<CommandAnswer<K>>>;

/** Carries out a command and hands a refusal back; its sentence, too, is discreet when the window is. */
export function useCall(): Call {
  const { link, own, studio } = useParts();
  return useCallback(
    async (command, args) => {
      try {
        return { ok: true, value: await link.call(command, args) };
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        const hide = own.getState().discreet ? hiding(studio.getState().view) : asIs;
        return { ok: false, refusal: withoutAddresses(error.refusal, hide) };
      }
    },
    [link, own, studio],
  );
}

/** Carries out a command whose refusal is said in a toast. */
export function useRun(): <K extends CommandName>(command: K, args: CommandArgs<K>) => void {
  const call = useCall();
  const { own } = useParts();
  return useCallback(
    (command, args) => {
      void call(command, args).then((outcome) => {
        if (!outcome.ok) say(own, 'error', tStudio(outcome.refusal.message));
      });
    },
    [call, own],
  );
}

/** What was done, in words, and the way back. */
export type WayBack = Partial<Undo> & { readonly done: string; readonly run: () => void };

/** Carries out a command and offers the way back from it; a refusal is said in a toast. */
export function useRunWithUndo(): <K extends CommandName>(
  command: K,
  args: CommandArgs<K>,
  back: WayBack,
) => void {
  const call = useCall();
  const { own } = useParts();
  return useCallback(
    (command, args, { done, ...undo }) => {
      void call(command, args).then((outcome) => {
        if (outcome.ok) offerUndo(own, done, undo);
        else say(own, 'error', tStudio(outcome.refusal.message));
      });
    },
    [call, own],
  );
}
