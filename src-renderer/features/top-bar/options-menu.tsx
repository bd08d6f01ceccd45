/**
 * @module
 */
import {
  Bell,
  Check,
  CircleHelp,
  Clapperboard,
  EyeOff,
  FileText,
  Gauge,
  History,
  Settings,
  Upload,
  Webhook,
  type LucideIcon,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, type ReactNode, type RefObject } from 'react';
import { languageChoices } from '../../state/language.ts';
import { t } from '../../language/translate.ts';
import { useOwn, useParts } from '../../state/window-context.tsx';
import type { OpenDialog, ThemeChoice } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';

const themes = (): readonly (readonly [ThemeChoice, string])[] => [
  ['system', t('Like the system')],
  ['dark', t('Dark')],
  ['light', t('Light')],
  ['contrast', t('High contrast')],
];

const ITEM =
  'flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm outline-none data-highlighted:bg-raised data-highlighted:outline-2 data-highlighted:outline-accent';

const dialogs = (): readonly (readonly [OpenDialog, LucideIcon, string])[] => [
  [{ type: 'rehearsal' }, Gauge, t('Rehearse for 30\u202fs…')],
  [{ type: 'upload-budget' }, Upload, t('Upload budget…')],
  [{ type: 'ffmpeg' }, Clapperboard, 'FFmpeg…'],
  [{ type: 'shows' }, History, t('Shows…')],
  [{ type: 'notices' }, Bell, t('Notifications…')],
  [{ type: 'webhooks' }, Webhook, t('Webhooks…')],
  [{ type: 'diagnosis' }, FileText, t('Save a diagnosis file…')],
];

/** What is not needed every minute: rehearsal, settings, theme, what is shown on this screen. */
export function OptionsMenu() {
  const { own } = useParts();
  const discreet = useOwn((state) => state.discreet);
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button ref={trigger} size="icon" className="size-10" aria-label={t('Options')} data-testid="options">
          <Settings aria-hidden className="size-4.5" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={6}
        className="z-30 max-h-(--radix-dropdown-menu-content-available-height) min-w-60 overflow-y-auto rounded-xl border border-edge bg-card p-1.5 shadow-2xl"
      >
        <DialogItems trigger={trigger} />
        <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
        <ThemeItems />
        <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
        <LanguageItems />
        <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
        <DropdownMenu.CheckboxItem
          className={ITEM}
          checked={discreet}
          onCheckedChange={(checked) => {
            own.setState({ discreet: checked });
          }}
        >
          <Mark>
            {discreet ? (
              <Check aria-hidden className="size-4 text-accent" />
            ) : (
              <EyeOff aria-hidden className="size-4" />
            )}
          </Mark>
          {t('Hide keys and addresses')}
        </DropdownMenu.CheckboxItem>
        <DropdownMenu.Item
          className={ITEM}
          onSelect={() => {
            own.setState({ guideOpen: true });
          }}
        >
          <Mark>
            <CircleHelp aria-hidden className="size-4" />
          </Mark>
          {t('How to connect an encoder')}
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

type DialogItemsProps = { readonly trigger: RefObject<HTMLButtonElement | null> };

function DialogItems({ trigger }: DialogItemsProps) {
  const { own } = useParts();
  return (
    <>
      {dialogs().map(([dialog, Icon, words]) => (
        <DropdownMenu.Item
          key={dialog.type}
          className={ITEM}
          data-testid={`open-${dialog.type}`}
          onSelect={() => {
            // The dialog gives the focus back to what had it: the menu's button, since the menu is gone then.
            trigger.current?.focus();
            own.setState({ dialog });
          }}
        >
          <Mark>
            <Icon aria-hidden className="size-4" />
          </Mark>
          {words}
        </DropdownMenu.Item>
      ))}
    </>
  );
}

function ThemeItems() {
  const { own } = useParts();
  const theme = useOwn((state) => state.theme);
  return (
    <Choices
      title={t('Theme')}
      choices={themes()}
      chosen={theme}
      onChoice={(choice) => {
        own.setState({ theme: choice });
      }}
    />
  );
}

function LanguageItems() {
  const { own } = useParts();
  const language = useOwn((state) => state.language);
  return (
    <Choices
      title={t('Language')}
      choices={languageChoices()}
      chosen={language}
      onChoice={(choice) => {
        own.setState({ language: choice });
      }}
    />
  );
}

type ChoicesProps<T extends string> = {
  readonly title: string;
  readonly choices: readonly (readonly [T, string])[];
  readonly chosen: T;
  readonly onChoice: (choice: T) => void;
};

function Choices<T extends string>({ title, choices, chosen, onChoice }: ChoicesProps<T>) {
  return (
    <>
      <DropdownMenu.Label className="px-2.5 py-1.5 text-xs text-soft">{title}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup
        aria-label={title}
        value={chosen}
        onValueChange={(value) => {
          const choice = choices.find(([name]) => name === value)?.[0];
          if (choice !== undefined) onChoice(choice);
        }}
      >
        {choices.map(([choice, label]) => (
          <DropdownMenu.RadioItem key={choice} value={choice} className={ITEM}>
            <Mark>
              <DropdownMenu.ItemIndicator>
                <Check aria-hidden className="size-4 text-accent" />
              </DropdownMenu.ItemIndicator>
            </Mark>
            {label}
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </>
  );
}

function Mark({ children }: { readonly children: ReactNode }) {
  return <span className="inline-flex size-4 items-center justify-center text-soft">{children}</span>;
}
