/**
 * @module
 */
import { X } from 'lucide-react';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { useOwn, useParts, useStudio } from '../../state/window-context.tsx';
import { isFirstStart } from '../../state/selectors.ts';
import { Button } from '../../ui/button.tsx';
import { isOnThisComputerOnly } from '../ingests/address-reach.ts';
import { IngestAddress } from '../ingests/ingest-address.tsx';
import { TestSignalButton } from '../ingests/ingest-actions.tsx';
import { AddressQr } from '../ingests/qr-dialog.tsx';
import { ConnectionStages } from './connection-stages.tsx';
import { EncoderSteps } from './encoder-steps.tsx';
import { goingLiveWords } from './going-live-words.ts';
import { RecommendedSettings } from './recommended-settings.tsx';

/** The first minutes: from nothing to a first picture. */
export function ConnectGuide({ ingest }: { readonly ingest: Ingest | null }) {
  return (
    <section
      aria-labelledby="guide-title"
      data-testid="connect-guide"
      className="min-h-0 min-w-0 overflow-y-auto border-line max-[799px]:border-t"
    >
      <div className="mx-auto flex max-w-[54rem] flex-col gap-5 px-5 py-5">
        <GuideHead ingest={ingest} />
        {ingest !== null && (
          <>
            <GuideAddress ingest={ingest} />
            <ConnectionStages />
            <EncoderSteps ingest={ingest} />
          </>
        )}
        <RecommendedSettings />
      </div>
    </section>
  );
}

function GuideHead({ ingest }: { readonly ingest: Ingest | null }) {
  const { own } = useParts();
  const firstStart = useStudio(({ view }) => isFirstStart(view));
  const goingLive = useStudio(({ view }) => goingLiveWords(view.targets, ingest?.id ?? ''));
  const askedFor = useOwn((state) => state.guideOpen === true);
  return (
    <div className="flex items-start gap-3">
      <div className="flex-1">
        <h2 id="guide-title" className="text-xl font-semibold">
          {t('Connect your encoder')}
        </h2>
        <p data-testid="guide-words" className="mt-1 text-sm wrap-anywhere text-soft">
          {ingest === null
            ? t('Add an ingest first, at the left: it makes the address your encoder sends to.')
            : t(
                'Copy these two into OBS, vMix, a phone app or a hardware box, and start streaming there. {{goingLive}}',
                { goingLive },
              )}
        </p>
      </div>
      {askedFor && !firstStart && (
        <Button
          look="ghost"
          size="icon"
          aria-label={t('Close the guide')}
          onClick={() => {
            own.setState({ guideOpen: null });
          }}
        >
          <X aria-hidden className="size-4" />
        </Button>
      )}
    </div>
  );
}

function GuideAddress({ ingest }: { readonly ingest: Ingest }) {
  const discreet = useOwn((own) => own.discreet);
  const onlyHere = isOnThisComputerOnly(ingest.serverUrl);
  return (
    <div className="flex flex-wrap gap-4 rounded-xl border border-line bg-card p-4">
      <div className="flex min-w-52 flex-1 flex-col justify-between gap-4">
        <IngestAddress ingest={ingest} testPrefix="guide-" />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-soft">
          <TestSignalButton ingest={ingest} testId="guide-test-signal" look="primary" />
          <span>{t('No encoder needed: colour bars, a clock and a tone.')}</span>
        </div>
      </div>
      {!discreet && (
        <div className="flex w-36 flex-col items-center gap-1.5 text-center text-xs text-soft">
          <AddressQr url={ingest.publishUrl} className="size-28 p-1.5" />
          {onlyHere
            ? t('For phones, once the studio listens on the network')
            : t('Scan it with a phone: address and key')}
        </div>
      )}
    </div>
  );
}
