/**
 * Builds the window: the line, the stores, the theme, the components.
 * @module
 */
import './bridge/zod-without-eval.ts';
import { createRoot } from 'react-dom/client';
import { takeAccessToken } from './bridge/access-token.ts';
import { isInDesktopProgram } from './bridge/electron-transport.ts';
import { openTransport } from './bridge/open-transport.ts';
import { startStudioLink, type LinkTimer } from './bridge/studio-link.ts';
import { App } from './features/app.tsx';
import { followLanguage, readLanguage } from './state/language.ts';
import { keepLetterKeys, readLetterKeys } from './state/letter-keys.ts';
import { keepLivePictures, readLivePictures } from './state/live-pictures.ts';
import { followTheme, readTheme } from './state/theme.ts';
import { createStudioStore, updateTaker } from './state/studio-store.ts';
import { WindowContext } from './state/window-context.tsx';
import { createWindowStore } from './state/window-store.ts';
import './ui/tokens.css';

/** From this height on the event log leaves enough room for the picture. */
const DRAWER_FITS_PX = 1000;

const studio = createStudioStore();
const own = createWindowStore({
  theme: readTheme(localStorage),
  language: readLanguage(localStorage),
  drawerOpen: window.innerHeight >= DRAWER_FITS_PX,
  letterKeys: readLetterKeys(localStorage),
  livePictures: readLivePictures(localStorage),
  nowMs: Date.now(),
});
followTheme(own, window);
followLanguage(own, window);
keepLetterKeys(own, localStorage);
keepLivePictures(own, localStorage);

const timer: LinkTimer = {
  now: () => Date.now(),
  after: (ms, run) => {
    const pending = setTimeout(run, ms);
    return () => {
      clearTimeout(pending);
    };
  },
};
const token = takeAccessToken(window);
const link = startStudioLink({
  open: () => openTransport(window, token),
  onUpdate: updateTaker(studio, timer),
  onState: (state) => {
    studio.setState({ link: state });
  },
  timer,
});

setInterval(() => {
  own.setState({ nowMs: Date.now() });
}, 1000);

const place = document.getElementById('window');
if (place === null) throw new Error('index.html has no place for the window.');
createRoot(place).render(
  <WindowContext parts={{ studio, own, link, inDesktopProgram: isInDesktopProgram(window) }}>
    <App />
  </WindowContext>,
);
