/**
 * The settings of an ingest: what stands in the form and what of it is sent.
 * @module
 */
import type { CommandArgs, Refusal } from '../../../src-shared/bridge/contract.ts';
import type { HoldThen, Ingest, SwitchBack } from '../../../src-shared/model/ingest.ts';
import { t } from '../../language/translate.ts';
import { typedNumber } from '../../ui/number-field.tsx';

/** What a lost encoder is replaced with: `own` is a picture file of the streamer's. */
export type HoldPictureChoice = 'freeze' | 'slate' | 'own';

/** Numbers stay text while they are typed. */
export type IngestValues = {
  readonly name: string;
  readonly streamKey: string;
  readonly holdSeconds: string;
  readonly holdThen: HoldThen;
  readonly picture: HoldPictureChoice;
  readonly holdPictureFile: string;
  readonly stallSeconds: string;
  readonly backup: boolean;
  readonly backupStreamKey: string;
  readonly switchBack: SwitchBack;
  readonly switchBackSeconds: string;
};

/** The fields of "If the encoder is lost", as the contract names them. */
export const HOLD_FIELDS: readonly string[] = [
  'holdSeconds',
  'holdThen',
  'holdPicture',
  'holdPictureFile',
  'stallSeconds',
];
/** The fields of "Backup encoder". */
export const BACKUP_FIELDS: readonly string[] = [
  'backup',
  'backupStreamKey',
  'switchBack',
  'switchBackSeconds',
];

/** Before an ingest has any settings of its own; the studio's defaults. */
const NEW_INGEST = {
  name: '',
  streamKey: '',
  holdSeconds: 60,
  holdThen: 'end',
  holdPicture: 'slate',
  holdPictureFile: '',
  stallSeconds: 3,
  backup: null,
  switchBack: 'auto',
  switchBackSeconds: 10,
} as const;

/** What stands in the form at first. */
export function startIngest(ingest: Ingest | null): IngestValues {
  const from = ingest ?? NEW_INGEST;
  const { holdPicture, holdPictureFile } = from;
  return {
    name: from.name,
    streamKey: from.streamKey,
    holdSeconds: String(from.holdSeconds),
    holdThen: from.holdThen,
    picture: holdPicture === 'slate' && holdPictureFile !== '' ? 'own' : holdPicture,
    holdPictureFile,
    stallSeconds: String(from.stallSeconds),
    backup: from.backup !== null,
    backupStreamKey: from.backup?.streamKey ?? '',
    switchBack: from.switchBack,
    switchBackSeconds: String(from.switchBackSeconds),
  };
}

/** Only what was changed; of a new ingest, only what was filled in or differs from the usual. */
export function ingestArgs(
  ingest: Ingest | null,
  values: IngestValues,
): Omit<CommandArgs<'ingest.update'>, 'id'> {
  const all = sent(values);
  const before = sent(startIngest(ingest));
  const entries = Object.entries(all).filter(([key, value]) => !Object.is(value, Reflect.get(before, key)));
  return Object.fromEntries(entries);
}

/** As the contract has it. What is about the backup encoder means nothing without one; an empty key is made up. */
function sent(values: IngestValues) {
  const { name, streamKey, holdThen, picture, backup, backupStreamKey, switchBack } = values;
  const ofBackup = {
    ...(backupStreamKey === '' ? {} : { backupStreamKey }),
    switchBack,
    switchBackSeconds: typedNumber(values.switchBackSeconds),
  };
  return {
    name: name.trim(),
    streamKey,
    holdSeconds: typedNumber(values.holdSeconds),
    holdThen,
    holdPicture: picture === 'freeze' ? ('freeze' as const) : ('slate' as const),
    holdPictureFile: picture === 'slate' ? '' : values.holdPictureFile.trim(),
    stallSeconds: typedNumber(values.stallSeconds),
    backup,
    ...(backup ? ofBackup : {}),
  };
}

/** An own picture without a file would quietly be the built-in one. */
export function noPictureRefusal({ picture, holdPictureFile }: IngestValues): Refusal | null {
  if (picture !== 'own' || holdPictureFile.trim() !== '') return null;
  const message = t('Give the path of your picture, or choose another one above.');
  return { code: 'no-picture', message, field: 'holdPictureFile' };
}
