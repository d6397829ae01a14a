import validRange from 'semver/ranges/valid.js';
import type { Finding } from '../../contract/findings.ts';
import { type Check, type CheckSubject, findingAt } from './check.ts';

interface Named {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
}

function duplicates(subject: CheckSubject): Finding[] {
  const named: Named[] = [
    ...[...subject.subagents, ...subject.skills, ...subject.commands, ...subject.rules].map(({ kind, name, source }) => ({
      kind,
      name,
      path: source.path,
    })),
    ...subject.mcpServers.map(({ kind, name, path }) => ({ kind, name, path })),
  ];
  const first = new Map<string, string>();
  return named.flatMap(({ kind, name, path }) => {
    const key = `${kind}\0${name.toLowerCase()}`;
    const twin = first.get(key);
    if (twin === undefined) first.set(key, path);
    return twin === undefined
      ? []
      : [
          findingAt(
            'refused',
            'component_duplicate',
            { path },
            { message: `The ${kind} "${name}" is also in ${twin}; hosts load only one of them.` },
          ),
        ];
  });
}

function dependencies(subject: CheckSubject): Finding[] {
  const manifest = subject.manifest.manifest;
  return (manifest?.agent.dependencies ?? []).flatMap((dependency, index) => {
    const place = { path: 'package.json', line: subject.manifest.source?.lineOf(['agent', 'dependencies', index]) ?? 1 };
    if (validRange(dependency.range) === null)
      return [
        findingAt('refused', 'dependency_range_invalid', place, {
          message: `"${dependency.range}" is not a version range.`,
          fix: 'Use a range such as ^1.2.0.',
        }),
      ];
    return dependency.id === manifest?.name
      ? [findingAt('refused', 'dependency_on_itself', place, { message: 'The agent depends on itself.' })]
      : [];
  });
}

/** Names are unique within their kind, dependencies can be resolved. */
export const consistencyCheck: Check = {
  name: 'consistency',
  run: (subject) => [...duplicates(subject), ...dependencies(subject)],
};
