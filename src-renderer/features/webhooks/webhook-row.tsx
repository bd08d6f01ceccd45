/**
 * @module
 */
import { Pencil, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Refusal } from '../../../src-shared/bridge/contract.ts';
import type { Webhook, WebhookDelivery } from '../../../src-shared/model/notice.ts';
import { tStudio } from '../../language/translate-studio.ts';
import { t } from '../../language/translate.ts';
import { useCall, useNow, useShown } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { formatAppointment } from '../../ui/format.ts';
import { FormRefusal } from '../../ui/form-refusal.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { DELIVERY_MARKS } from '../../ui/state-marks.ts';
import { leastLevels } from '../notices/muted-codes.ts';

export type WebhookRowProps = {
  readonly webhook: Webhook;
  readonly onEdit: () => void;
  readonly onChanged: () => void;
};

/** One webhook: what it is told of, how the newest delivery went, and what can be done. */
export function WebhookRow({ webhook, onEdit, onChanged }: WebhookRowProps) {
  const shown = useShown();
  const { name, url, enabled, lastDelivery } = webhook;
  const { result, busy, sure, refusal, test, remove } = useWebhookActions(webhook.id, onChanged);
  const delivery = result ?? lastDelivery;
  return (
    <li
      data-testid="webhook-row"
      className="flex flex-col gap-2 rounded-xl border border-line bg-card p-3 text-sm"
    >
      <div>
        <p className="font-semibold wrap-anywhere">
          {name} {!enabled && <span className="font-normal text-soft">{t('(off)')}</span>}
        </p>
        <p className="font-mono text-xs wrap-anywhere text-soft">{shown(url)}</p>
        <p className="text-xs text-soft">{toldOf(webhook)}</p>
      </div>
      <div role="status" className="empty:hidden">
        {delivery !== null && <Delivery delivery={delivery} />}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          data-testid="webhook-test"
          disabled={busy}
          aria-label={t('Test {{name}}', { name })}
          onClick={test}
        >
          <Send aria-hidden className="size-3.5" /> {busy ? t('Sending…') : t('Test')}
        </Button>
        <Button
          size="sm"
          data-testid="webhook-edit"
          aria-label={t('Edit {{name}}', { name })}
          onClick={onEdit}
        >
          <Pencil aria-hidden className="size-3.5" /> {t('Edit')}
        </Button>
        <Button
          size="sm"
          look={sure ? 'grave' : 'quiet'}
          data-testid="webhook-delete"
          aria-label={sure ? t('Really delete {{name}}', { name }) : t('Delete {{name}}', { name })}
          onClick={remove}
        >
          <Trash2 aria-hidden className="size-3.5" /> {sure ? t('Really delete') : t('Delete')}
        </Button>
      </div>
      <FormRefusal refusal={refusal} fields={[]} />
    </li>
  );
}

function useWebhookActions(id: string, onChanged: () => void) {
  const call = useCall();
  const [result, setResult] = useState<WebhookDelivery | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  const test = async () => {
    setBusy(true);
    const outcome = await call('webhook.test', { id });
    setBusy(false);
    if (outcome.ok) setResult(outcome.value);
    setRefusal(outcome.ok ? null : outcome.refusal);
  };
  const remove = async () => {
    const outcome = await call('webhook.delete', { id });
    if (outcome.ok) onChanged();
    else setRefusal(outcome.refusal);
  };
  return {
    result,
    refusal,
    busy,
    sure,
    test: () => void test(),
    remove: () => {
      // A second press instead of a second dialog over this one.
      if (sure) void remove();
      else setSure(true);
    },
  };
}

function Delivery({ delivery: { at, ok, status, message } }: { readonly delivery: WebhookDelivery }) {
  const shown = useShown();
  const when = useNow((nowMs) => formatAppointment(at, nowMs));
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs" data-testid="webhook-delivery">
      <StateBadge
        mark={DELIVERY_MARKS[ok ? 'ok' : 'failed']}
        word={ok ? t('Arrived') : t('Failed')}
        about={t('Newest try')}
      />
      <span className="text-soft">
        {when}
        {status !== null && t(', answer {{status}}', { status })}
      </span>
      <span className="min-w-0 wrap-anywhere">{shown(tStudio(message))}</span>
    </div>
  );
}

function toldOf({ leastLevel, codes, hasSecret }: Webhook): string {
  const level = leastLevels().find(([name]) => name === leastLevel)?.[1] ?? '';
  const only = codes.length === 0 ? '' : t(', only {{codes}}', { codes: codes.join(', ') });
  return `${level}${only}${hasSecret ? t('; signed') : t('; not signed')}`;
}
