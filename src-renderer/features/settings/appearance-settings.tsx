/**
 * @module
 */
import { languageChoices } from '../../state/language.ts';
import { t } from '../../language/translate.ts';
import { useOwn, useParts } from '../../state/window-context.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { RadioField } from '../../ui/radio-field.tsx';
import { SettingsPart } from './settings-part.tsx';

/** How this window looks, and what it hides; kept by the window, not by the studio. */
export function AppearanceSettings() {
  const { own } = useParts();
  const theme = useOwn((state) => state.theme);
  const language = useOwn((state) => state.language);
  const discreet = useOwn((state) => state.discreet);
  const livePictures = useOwn((state) => state.livePictures);
  return (
    <SettingsPart
      title={t('Appearance')}
      hint={t('Of this window alone. Motion is reduced when your system asks for it.')}
    >
      <RadioField
        legend={t('Theme')}
        testId="theme"
        value={theme}
        options={[
          ['system', t('Like the system'), t('Dark where the system has no wish.')],
          ['dark', t('Dark')],
          ['light', t('Light')],
          ['contrast', t('High contrast')],
        ]}
        onValue={(choice) => {
          own.setState({ theme: choice });
        }}
      />
      <RadioField
        legend={t('Language')}
        testId="language"
        value={language}
        options={languageChoices()}
        onValue={(choice) => {
          own.setState({ language: choice });
        }}
      />
      <CheckField
        label={t('Hide keys and addresses')}
        hint={t('For screenshots and shared screens. Off again when the window is opened anew.')}
        checked={discreet}
        testId="discreet"
        onChecked={(checked) => {
          own.setState({ discreet: checked });
        }}
      />
      <CheckField
        label={t('Live pictures')}
        hint={t('Without them this window takes next to nothing of this computer.')}
        checked={livePictures}
        testId="live-pictures-setting"
        onChecked={(checked) => {
          own.setState({ livePictures: checked });
        }}
      />
    </SettingsPart>
  );
}
