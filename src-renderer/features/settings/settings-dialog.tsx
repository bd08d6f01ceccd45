/**
 * @module
 */
import {
  Bell,
  History,
  KeyRound,
  LifeBuoy,
  LoaderCircle,
  Network,
  Palette,
  Timer,
  Upload,
  type LucideIcon,
} from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { t } from '../../language/translate.ts';
import { useParts } from '../../state/window-context.tsx';
import { closeDialog, SETTINGS_SECTIONS, type SettingsSection } from '../../state/window-store.ts';
import { classNames } from '../../ui/class-names.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FIRST_FOCUS } from '../../ui/focus-first.ts';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { NoticeSettings } from '../notices/notice-settings.tsx';
import { AppearanceSettings } from './appearance-settings.tsx';
import { DelaySettings } from './delay-settings.tsx';
import { HistorySettings } from './history-settings.tsx';
import { HoldSettings } from './hold-settings.tsx';
import { KeySettings } from './key-settings.tsx';
import { NetworkSettings } from './network-settings.tsx';
import { UploadSettings } from './upload-settings.tsx';
import { useSettings, type KeptSettings, type KeptSettingsProps } from './use-settings.ts';

const ICONS: Readonly<Record<SettingsSection, LucideIcon>> = {
  network: Network,
  keys: KeyRound,
  hold: LifeBuoy,
  delay: Timer,
  upload: Upload,
  notifications: Bell,
  appearance: Palette,
  history: History,
};

/** Everything that is set once and kept. */
export function SettingsDialog({ section }: { readonly section: SettingsSection }) {
  const { own } = useParts();
  // Asked once: a part that was seen before is there at once.
  const kept = useSettings();
  // Beside the part there is room for the list from here on; below it stands on top.
  const beside = useMediaQuery('(min-width: 640px)');
  return (
    <Dialog
      title={t('Settings')}
      description={t('What is set once and kept.')}
      onClose={() => {
        closeDialog(own);
      }}
      wide
      testId="settings-dialog"
    >
      <Tabs.Root
        value={section}
        orientation={beside ? 'vertical' : 'horizontal'}
        className="flex h-[46rem] min-h-0 shrink flex-col sm:flex-row"
        onValueChange={(value) => {
          const chosen = SETTINGS_SECTIONS.find((one) => one === value);
          if (chosen !== undefined) own.setState({ dialog: { type: 'settings', section: chosen } });
        }}
      >
        <SectionList section={section} />
        <Tabs.Content
          key={section}
          value={section}
          className="relative min-h-0 min-w-0 flex-1 overflow-y-auto px-5 py-4"
        >
          <Section section={section} kept={kept} />
        </Tabs.Content>
      </Tabs.Root>
    </Dialog>
  );
}

function sectionWords(section: SettingsSection): string {
  switch (section) {
    case 'network':
      return t('Network');
    case 'keys':
      return t('Keys');
    case 'hold':
      return t('Hold');
    case 'delay':
      return t('Delay');
    case 'upload':
      return t('Upload');
    case 'notifications':
      return t('Notifications');
    case 'appearance':
      return t('Appearance');
    case 'history':
      return t('History & FFmpeg');
  }
}

function SectionList({ section }: { readonly section: SettingsSection }) {
  return (
    <Tabs.List
      aria-label={t('Parts of the settings')}
      className="flex shrink-0 flex-wrap gap-1 border-line p-2 max-sm:border-b sm:w-56 sm:flex-col sm:flex-nowrap sm:border-r sm:p-3"
    >
      {SETTINGS_SECTIONS.map((one) => {
        const Icon = ICONS[one];
        return (
          <Tabs.Trigger
            key={one}
            value={one}
            data-testid={`settings-${one}`}
            {...(one === section ? FIRST_FOCUS : {})}
            className={classNames(
              'flex h-9 items-center gap-2.5 rounded-lg px-2.5 text-left text-sm text-soft hover:bg-raised hover:text-ink',
              'data-[state=active]:bg-raised data-[state=active]:font-medium data-[state=active]:text-ink',
            )}
          >
            <Icon aria-hidden className="size-4 shrink-0 max-sm:hidden" />
            {sectionWords(one)}
          </Tabs.Trigger>
        );
      })}
    </Tabs.List>
  );
}

type SectionProps = { readonly section: SettingsSection; readonly kept: KeptSettings };

function Section({ section, kept }: SectionProps): ReactNode {
  switch (section) {
    case 'network':
      return <Kept kept={kept}>{(known) => <NetworkSettings {...known} />}</Kept>;
    case 'keys':
      return <Kept kept={kept}>{({ settings }) => <KeySettings keptBy={settings.keysKeptBy} />}</Kept>;
    case 'hold':
      return <HoldSettings />;
    case 'delay':
      return <DelaySettings />;
    case 'upload':
      return <UploadSettings />;
    case 'notifications':
      return <NoticeSettings />;
    case 'appearance':
      return <AppearanceSettings />;
    case 'history':
      return <Kept kept={kept}>{(known) => <HistorySettings {...known} />}</Kept>;
  }
}

type KeptProps = {
  readonly kept: KeptSettings;
  readonly children: (known: KeptSettingsProps) => ReactNode;
};

/** Waits for the studio's settings. */
function Kept({ kept: { settings, failed, onSettings }, children }: KeptProps) {
  if (settings !== null) return children({ settings, onSettings });
  if (failed !== null) return <FormRefusal refusal={failed} fields={[]} />;
  return (
    <p role="status" className="flex items-center gap-2 text-sm text-soft">
      <LoaderCircle aria-hidden className="size-4 spin-slow" /> {t('Asking the studio…')}
    </p>
  );
}
