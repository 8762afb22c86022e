import type { IModule } from 'dependency-cruiser';

const CONTEXT = /^src\/(?:domain|application)\/(profiles|statistics)\//;

/**
 * The modules in which profiles and statistics meet: adapters that know both, by whatever path through other adapters,
 * and entrypoints that name both themselves. Composition is where they are meant to.
 */
export function contextMeetings(modules: readonly IModule[]): string[] {
  const dependencies = new Map(
    modules.map((module) => [module.source, module.dependencies.map((d) => d.resolved)]),
  );

  const known = (source: string, seen: Set<string>): string[] => {
    if (seen.has(source)) return [];
    seen.add(source);
    return (dependencies.get(source) ?? []).flatMap((target) => {
      const context = CONTEXT.exec(target)?.[1];
      if (context !== undefined) return [context];
      return target.startsWith('src/adapters/') ? known(target, seen) : [];
    });
  };
  const named = (source: string): string[] =>
    (dependencies.get(source) ?? []).flatMap((target) => CONTEXT.exec(target)?.[1] ?? []);

  return [...dependencies.keys()].filter((source) => {
    if (source.startsWith('src/adapters/')) return new Set(known(source, new Set())).size > 1;
    if (source.startsWith('src/entrypoints/composition/')) return false;
    return source.startsWith('src/entrypoints/') && new Set(named(source)).size > 1;
  });
}
