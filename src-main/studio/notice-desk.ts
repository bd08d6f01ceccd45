/**
 * Tells people at once of what needs them, as the settings ask for.
 * @module
 */
import type { LogEvent } from '../../src-shared/model/log-event.ts';
import type { NoticeSettings, NoticeSettingsPatch } from '../../src-shared/model/notice.ts';
import { NoticeChooser } from '../notices/choose-notices.ts';
import { given, type StudioParts } from './studio-parts.ts';

/** What a desk works with. */
export type NoticeDeskOptions = {
  readonly parts: Pick<StudioParts, 'settings' | 'clock' | 'emit'>;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
};

/** Turns events into notices, and keeps the settings of it. */
export class NoticeDesk {
  readonly #parts: NoticeDeskOptions['parts'];
  readonly #chooser: NoticeChooser;

  constructor({ parts, redact }: NoticeDeskOptions) {
    this.#parts = parts;
    this.#chooser = new NoticeChooser({ clock: parts.clock, settings: () => this.settings(), redact });
  }

  /** Call it once for every event. */
  event(event: LogEvent): void {
    const notice = this.#chooser.choose(event);
    if (notice !== undefined) this.#parts.emit({ type: 'notice', notice });
  }

  settings(): NoticeSettings {
    return this.#parts.settings.value.notices;
  }

  /** What is left out stays. Everybody is told of the new settings. */
  update(patch: NoticeSettingsPatch): NoticeSettings {
    const { settings, emit } = this.#parts;
    const lists = {
      mutedCodes: patch.mutedCodes && [...new Set(patch.mutedCodes)],
      mutedTargets: patch.mutedTargets && [...new Set(patch.mutedTargets)],
    };
    settings.update((before) => ({
      ...before,
      notices: { ...before.notices, ...given(patch), ...given(lists) },
    }));
    emit({ type: 'notice-settings', settings: this.settings() });
    return this.settings();
  }
}
