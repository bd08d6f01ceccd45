/**
 * @module
 */
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import { useState } from 'react';
import { MAX_WEBHOOKS, type Webhook } from '../../../src-shared/model/notice.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useAsked, type Asked } from '../use-asked.ts';
import { useParts } from '../../state/window-context.tsx';
import { closeDialog } from '../../state/window-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookRow } from './webhook-row.tsx';

/** What is being edited; `webhook` null: a new one. */
type Editing = { readonly webhook: Webhook | null };

/** Programs that are told of events over HTTP. */
export function WebhooksDialog() {
  const { own } = useParts();
  const asked = useAsked('webhooks.list', {});
  const [editing, setEditing] = useState<Editing | null>(null);
  const close = () => {
    closeDialog(own);
  };
  return (
    <Dialog
      title={
        editing === null
          ? t('Webhooks')
          : editing.webhook === null
            ? t('Add a webhook')
            : t('Edit the webhook')
      }
      description={t('Relaydeck sends events to these addresses as they happen, for your bot or your phone.')}
      onClose={close}
      testId="webhooks-dialog"
    >
      {editing === null ? (
        <WebhookList asked={asked} onEdit={setEditing} onClose={close} />
      ) : (
        <WebhookForm
          webhook={editing.webhook}
          onDone={() => {
            setEditing(null);
            asked.askAgain();
          }}
        />
      )}
    </Dialog>
  );
}

type WebhookListProps = {
  readonly asked: Asked<'webhooks.list'>;
  readonly onEdit: (editing: Editing) => void;
  readonly onClose: () => void;
};

function WebhookList({ asked: { outcome, askAgain }, onEdit, onClose }: WebhookListProps) {
  const webhooks = outcome?.ok === true ? outcome.value : [];
  return (
    <>
      <DialogBody>
        {outcome?.ok === false && <Notice tone="error">{tStudio(outcome.refusal.message)}</Notice>}
        {outcome?.ok === true && webhooks.length === 0 && (
          <EmptyState icon={WebhookIcon} title={t('There is no webhook yet')}>
            {t('Add the address of a program that shall know when something happens.')}
          </EmptyState>
        )}
        <ul className="flex flex-col gap-2 empty:hidden">
          {webhooks.map((webhook) => (
            <WebhookRow
              key={webhook.id}
              webhook={webhook}
              onEdit={() => {
                onEdit({ webhook });
              }}
              onChanged={askAgain}
            />
          ))}
        </ul>
      </DialogBody>
      <DialogFoot>
        <Button onClick={onClose}>{t('Close')}</Button>
        <Button
          look="primary"
          data-testid="webhook-add"
          disabled={outcome?.ok !== true || webhooks.length >= MAX_WEBHOOKS}
          onClick={() => {
            onEdit({ webhook: null });
          }}
        >
          <Plus aria-hidden className="size-4" /> {t('Add a webhook')}
        </Button>
      </DialogFoot>
    </>
  );
}
