/**
 * @module
 */
import {
  Check,
  CircleHelp,
  Download,
  EyeOff,
  FileInput,
  FileText,
  ImageOff,
  Gauge,
  History,
  Keyboard,
  PanelRight,
  Settings,
  SlidersHorizontal,
  Webhook,
  type LucideIcon,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, type ReactNode, type RefObject } from 'react';
import { t } from '../../language/translate.ts';
import { useOwn, useParts } from '../../state/window-context.tsx';
import type { OpenDialog } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { keyPlace } from '../../ui/key-place.ts';

const ITEM =
  'flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm outline-none data-highlighted:bg-raised data-highlighted:outline-2 data-highlighted:outline-accent';

const dialogs = (): readonly (readonly [OpenDialog, LucideIcon, string])[] => [
  [{ type: 'settings', section: 'network' }, SlidersHorizontal, t('Settings…')],
  [{ type: 'rehearsal' }, Gauge, t('Rehearse for 30\u202fs…')],
  [{ type: 'shows' }, History, t('Shows…')],
  [{ type: 'webhooks' }, Webhook, t('Webhooks…')],
  [{ type: 'import' }, FileInput, t('Import targets…')],
  [{ type: 'export' }, Download, t('Export targets…')],
  [{ type: 'dock' }, PanelRight, t('Dock in OBS…')],
  [{ type: 'diagnosis' }, FileText, t('Save a diagnosis file…')],
];

/** What is not needed every minute: settings, rehearsal, what is shown on this screen. */
export function OptionsMenu() {
  const { own } = useParts();
  const discreet = useOwn((state) => state.discreet);
  const livePictures = useOwn((state) => state.livePictures);
  const trigger = useRef<HTMLButtonElement>(null);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button
          ref={trigger}
          size="icon"
          className="size-10"
          aria-label={t('Options')}
          data-testid="options"
          {...keyPlace('options')}
        >
          <Settings aria-hidden className="size-4.5" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={6}
        className="z-30 max-h-(--radix-dropdown-menu-content-available-height) min-w-60 overflow-y-auto rounded-xl border border-edge bg-card p-1.5 shadow-2xl"
      >
        {dialogs().map(([dialog, icon, words]) => (
          <DialogItem key={dialog.type} {...{ trigger, dialog, icon, words }} />
        ))}
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
        <DropdownMenu.CheckboxItem
          className={ITEM}
          checked={livePictures}
          data-testid="live-pictures"
          onCheckedChange={(checked) => {
            own.setState({ livePictures: checked });
          }}
        >
          <Mark>
            {livePictures ? (
              <Check aria-hidden className="size-4 text-accent" />
            ) : (
              <ImageOff aria-hidden className="size-4" />
            )}
          </Mark>
          {t('Live pictures')}
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
        <DialogItem trigger={trigger} dialog={{ type: 'keys' }} icon={Keyboard} words={t('Keyboard…')} />
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

type DialogItemProps = {
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly dialog: OpenDialog;
  readonly icon: LucideIcon;
  readonly words: string;
};

function DialogItem({ trigger, dialog, icon: Icon, words }: DialogItemProps) {
  const { own } = useParts();
  return (
    <DropdownMenu.Item
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
  );
}

function Mark({ children }: { readonly children: ReactNode }) {
  return <span className="inline-flex size-4 items-center justify-center text-soft">{children}</span>;
}
