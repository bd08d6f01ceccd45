/**
 * @module
 */
import { EyeOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { useCall, useOwn, useParts, useStudio } from '../../state/window-context.tsx';
import { ingestStateWord } from '../../state/words.ts';
import { classNames } from '../../ui/class-names.ts';
import { INGEST_MARKS } from '../../ui/state-marks.ts';
import { canDrawStills } from './draw-still.ts';
import { startStillRounds, type StillState } from './still-rounds.ts';

/** All ingests side by side, as soon as there are two: which one is large is chosen here, too. */
export function PictureRow({ selectedId }: { readonly selectedId: string }) {
  const ingests = useStudio(({ view }) => view.ingests);
  const shown = useOwn(({ livePictures }) => livePictures);
  if (!shown || ingests.length < 2) return null;
  return <Row ingests={ingests} selectedId={selectedId} />;
}

type RowProps = { readonly ingests: readonly Ingest[]; readonly selectedId: string };

function Row({ ingests, selectedId }: RowProps) {
  const call = useCall();
  const places = useRef(new Map<string, HTMLCanvasElement>());
  const [states, setStates] = useState<Readonly<Record<string, StillState>>>({});
  useEffect(() => {
    if (!canDrawStills()) return undefined;
    return startStillRounds({
      places: () => places.current,
      url: async (id) => {
        const outcome = await call('ingest.preview-url', { id });
        return outcome.ok ? outcome.value.url : null;
      },
      onState: (id, state) => {
        setStates((before) => (before[id] === state ? before : { ...before, [id]: state }));
      },
    });
  }, [call]);
  return (
    <ul
      aria-label={t('Pictures of all ingests')}
      data-testid="picture-row"
      className="flex shrink-0 gap-1.5 overflow-x-auto border-b border-line bg-panel p-1.5"
    >
      {ingests.map((ingest) => (
        <li key={ingest.id} className="shrink-0">
          <Tile
            ingest={ingest}
            selected={ingest.id === selectedId}
            still={states[ingest.id]}
            place={(canvas) => {
              if (canvas === null) return undefined;
              places.current.set(ingest.id, canvas);
              return () => places.current.delete(ingest.id);
            }}
          />
        </li>
      ))}
    </ul>
  );
}

type TileProps = {
  readonly ingest: Ingest;
  readonly selected: boolean;
  readonly still: StillState | undefined;
  readonly place: (canvas: HTMLCanvasElement | null) => (() => void) | undefined;
};

function Tile({ ingest, selected, still, place }: TileProps) {
  const { own } = useParts();
  const { id, name, state, onAir } = ingest;
  const live = onAir !== null;
  const unplayable = live && (still === 'unplayable' || !canDrawStills());
  const isShown = live && still === 'shown';
  const Icon = unplayable ? EyeOff : INGEST_MARKS[state].icon;
  return (
    <button
      type="button"
      aria-pressed={selected}
      title={name}
      data-testid={`picture-${id}`}
      data-still={live ? (still ?? 'none') : 'none'}
      className={classNames(
        'relative block aspect-video w-28 overflow-hidden rounded-md border-2 bg-picture text-left text-white',
        selected ? 'border-accent' : 'border-transparent hover:border-edge',
      )}
      onClick={() => {
        own.setState({ selectedIngestId: id, guideOpen: null });
      }}
    >
      <canvas
        ref={place}
        width={256}
        height={144}
        aria-hidden
        className={classNames('absolute inset-0 size-full', !isShown && 'invisible')}
      />
      <span className="absolute inset-x-0 bottom-0 flex items-center gap-1 bg-black/80 px-1 text-xs leading-5">
        <Icon aria-hidden className="size-3 shrink-0" />
        <span className="truncate">{name}</span>
        {isShown && <span className="sr-only">{ingestStateWord(state)}</span>}
      </span>
      {!isShown && (
        <span className="absolute inset-x-1 top-1 text-[0.6875rem] leading-tight">
          {unplayable ? t('No small picture here') : live ? t('Loading…') : ingestStateWord(state)}
        </span>
      )}
    </button>
  );
}
