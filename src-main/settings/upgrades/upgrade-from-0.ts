/**
 * 0 → 1: a file without `version`, as people write by hand to set up a computer before the first start.
 * @module
 */

/** Adds the version and what may be left out by hand; what is there stays as it is. */
export function upgradeFrom0(value: object): object {
  const ingests = 'ingests' in value ? value.ingests : undefined;
  const targets = 'targets' in value ? value.targets : undefined;
  return {
    targets: [],
    uplinkBudgetKbps: null,
    ...value,
    ingests: each(ingests ?? [{ id: 'main' }], { name: 'Main', app: 'live', holdSeconds: 60 }),
    ...(targets === undefined
      ? {}
      : { targets: each(targets, { ingestId: 'main', platform: 'custom', enabled: false }) }),
    version: 1,
  };
}

function each(items: unknown, defaults: object): unknown {
  if (!Array.isArray(items)) return items;
  return items.map((item: unknown) =>
    typeof item === 'object' && item !== null ? { ...defaults, ...item } : item,
  );
}
