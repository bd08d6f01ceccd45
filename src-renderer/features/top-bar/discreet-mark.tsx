/**
 * @module
 */
import { EyeOff } from 'lucide-react';
import { useRef } from 'react';
import { t } from '../../language/translate.ts';
import { useOwn, useParts } from '../../state/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { useFocusRefuge } from '../../ui/use-focus-refuge.ts';

/** Says that keys and addresses are hidden; pressed, it shows them again. */
export function DiscreetMark() {
  const discreet = useOwn((state) => state.discreet);
  return (
    <>
      {discreet && <Mark />}
      <span role="status" className="sr-only">
        {discreet && t('Keys and addresses are hidden.')}
      </span>
    </>
  );
}

function Mark() {
  const { own } = useParts();
  const button = useRef<HTMLButtonElement>(null);
  useFocusRefuge(button, 'options');
  return (
    <Button
      ref={button}
      data-testid="discreet-mark"
      title={t('Keys and addresses are hidden, for screenshots. Press to show them again.')}
      className="h-10 border-dashed border-edge!"
      onClick={() => {
        own.setState({ discreet: false });
      }}
    >
      <EyeOff aria-hidden className="size-4" /> {t('Keys hidden')}
    </Button>
  );
}
