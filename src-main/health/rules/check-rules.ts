/**
 * Holds what is sent against what a platform wants. docs/health.md has the rules and their thresholds.
 * @module
 */
import type { PlatformPreset } from '../../../src-shared/model/platform-preset.ts';
import type { Finding } from '../../../src-shared/model/target.ts';
import { fixWords } from './fix-words.ts';
import { PICTURE_RULES } from './picture-rules.ts';
import { LINE_RULES, PRESENCE_RULES } from './presence-rules.ts';
import { RATE_RULES } from './rate-rules.ts';
import type { Breach, Rule, RuleCase, RuleId, SentStream } from './rule.ts';
import { SOUND_RULES } from './sound-rules.ts';

export type { RuleId, SentStream } from './rule.ts';

const ALL_RULES: readonly Rule[] = [
  ...PRESENCE_RULES,
  ...PICTURE_RULES,
  ...RATE_RULES,
  ...SOUND_RULES,
  ...LINE_RULES,
];
const WEIGHTS: readonly Finding['severity'][] = ['error', 'warning', 'info'];

/**
 * What the platform may not like, the gravest first, at most one finding per rule. Nothing is found about what is not
 * known, and a rehearsal or a custom server has no rules but that something is to be seen and heard.
 *
 * @param options.url Where it is sent to, to tell an unencrypted line.
 * @param options.software What the encoder calls itself; the fixes are then in its words alone.
 */
export function checkRules(
  sent: SentStream,
  preset: PlatformPreset,
  options: { readonly url?: string; readonly software?: string } = {},
): readonly Finding[] {
  const isFree = preset.category === 'custom' || preset.category === 'rehearsal';
  // "SOOP Korea (AfreecaTV)" does not read well in a sentence.
  const name = preset.name.replace(/ \([^)]*\)$/, '');
  const ruleCase: RuleCase = { sent, preset, limits: preset.limits, name, url: options.url };
  const findings = (isFree ? PRESENCE_RULES : ALL_RULES).flatMap(({ id, check }) => {
    const breach = check(ruleCase);
    return breach === undefined ? [] : [toFinding(id, breach, { ruleCase, software: options.software })];
  });
  return findings.toSorted((a, b) => WEIGHTS.indexOf(a.severity) - WEIGHTS.indexOf(b.severity));
}

function toFinding(
  rule: RuleId,
  { severity, sent, wanted, consequence, fix, basis }: Breach,
  { ruleCase, software }: { readonly ruleCase: RuleCase; readonly software: string | undefined },
): Finding {
  const unconfirmed = isUnconfirmed(basis, ruleCase);
  return {
    rule,
    // What may be wrong must not be told as a certain failure.
    severity: unconfirmed && severity === 'error' ? 'warning' : severity,
    sent,
    wanted,
    unconfirmed,
    consequence,
    fix: fixWords(fix, software),
  };
}

function isUnconfirmed(basis: Breach['basis'], { limits }: RuleCase): boolean {
  if (basis === 'certain') return false;
  return basis === 'common' || limits.unconfirmed || limits.unconfirmedFigures.includes(basis);
}
