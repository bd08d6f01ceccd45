/**
 * @module
 */
import { Tabs } from 'radix-ui';
import type { Ingest } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { useOwn } from '../../state/window-context.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { isOnThisComputerOnly } from '../ingests/address-reach.ts';
import { OnlyHereNotice } from '../ingests/qr-dialog.tsx';
import { encoders, ffmpegCommand } from './encoder-clicks.ts';

const TAB =
  'h-8 rounded-lg border border-transparent px-3 text-sm text-soft hover:text-ink data-[state=active]:border-edge data-[state=active]:bg-raised data-[state=active]:font-semibold data-[state=active]:text-ink';

/** The exact clicks for each encoder. */
export function EncoderSteps({ ingest }: { readonly ingest: Ingest }) {
  const onlyHere = isOnThisComputerOnly(ingest.serverUrl);
  return (
    <Tabs.Root defaultValue="obs" className="flex flex-col gap-3">
      <h3 className="font-semibold">{t('The clicks')}</h3>
      <Tabs.List aria-label={t('Encoder')} className="flex flex-wrap gap-1">
        {encoders().map(({ id, name }) => (
          <Tabs.Trigger key={id} value={id} className={TAB}>
            {name}
          </Tabs.Trigger>
        ))}
        <Tabs.Trigger value="ffmpeg" className={TAB}>
          FFmpeg
        </Tabs.Trigger>
      </Tabs.List>
      {encoders().map(({ id, clicks }) => (
        <Tabs.Content key={id} value={id} className="flex flex-col gap-3 rounded-lg">
          <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-sm">
            {clicks.map((click) => (
              <li key={click}>{click}</li>
            ))}
          </ol>
          {id === 'larix' && onlyHere && <OnlyHereNotice />}
        </Tabs.Content>
      ))}
      <Tabs.Content value="ffmpeg" className="flex flex-col gap-3 rounded-lg">
        <FfmpegCommand ingest={ingest} />
      </Tabs.Content>
    </Tabs.Root>
  );
}

function FfmpegCommand({ ingest: { serverUrl, publishUrl } }: { readonly ingest: Ingest }) {
  const discreet = useOwn((own) => own.discreet);
  return (
    <>
      <p className="text-sm">
        {t('Sends a file as an encoder would. The copied command holds the real key.')}
      </p>
      <pre className="field-frame p-3 font-mono text-xs break-all whitespace-pre-wrap">
        {ffmpegCommand(discreet ? '••••' : `${serverUrl}/••••••••`)}
      </pre>
      <div>
        <CopyButton
          text={ffmpegCommand(publishUrl)}
          label={t('Copy the FFmpeg command')}
          words={t('Copy command')}
        />
      </div>
    </>
  );
}
