/**
 * @module
 */
import { t } from '../language/translate.ts';
import { useParts, useShown } from '../state/window-context.tsx';
import { closeDialog, type Question } from '../state/window-store.ts';
import { Button } from '../ui/button.tsx';
import { FIRST_FOCUS } from '../ui/focus-first.ts';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';

/** Asks before something that cannot be taken back; the safe answer comes first. */
export function QuestionDialog({ question }: { readonly question: Question }) {
  const { own } = useParts();
  const shown = useShown();
  const close = () => {
    closeDialog(own);
  };
  return (
    <Dialog title={question.title} description={shown(question.text)} onClose={close} testId="question">
      <DialogFoot>
        <Button {...FIRST_FOCUS} onClick={close}>
          {t('Cancel')}
        </Button>
        <Button
          look="grave"
          data-testid="question-confirm"
          onClick={() => {
            close();
            question.onConfirm();
          }}
        >
          {question.confirm}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
