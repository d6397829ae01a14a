import { executableReason } from '../executables.ts';
import { isRecord } from '../json-source.ts';
import { type Check, type CheckSubject, findingAt } from './check.ts';

const SCRIPT_FOLDER = /(?:^|\/)(?:scripts?|bin|hooks|tools)\//;

function declaredExecutables(subject: CheckSubject): { path: string; line: number }[] {
  const agent = subject.manifest.raw.agent;
  const listed = isRecord(agent) && Array.isArray(agent.executables) ? agent.executables : [];
  return listed.flatMap((entry: unknown, index) =>
    typeof entry === 'string'
      ? [{ path: entry.replace(/^\.\//, ''), line: subject.manifest.source?.lineOf(['agent', 'executables', index]) ?? 1 }]
      : [],
  );
}

/** Everything that runs is named in `agent.executables`, and everything named there exists. */
export const executablesCheck: Check = {
  name: 'undeclared-executables',
  run(subject) {
    const declared = declaredExecutables(subject);
    const names = new Set(declared.map(({ path }) => path));
    const undeclared = [...subject.files].flatMap(([path, file]) => {
      if (names.has(path)) return [];
      const fix = `Add "${path}" to agent.executables in package.json, or remove it.`;
      const reason = executableReason(subject, path, file);
      if (reason !== undefined) {
        return [
          findingAt('refused', 'executable_undeclared', { path }, { message: `${path} ${reason} and is not declared.`, fix }),
        ];
      }
      const isScript = subject.texts.some((text) => text.path === path && text.kind === 'program');
      if (!isScript || !SCRIPT_FOLDER.test(path)) return [];
      return [findingAt('review', 'script_undeclared', { path }, { message: `${path} is a script and is not declared.`, fix })];
    });
    const missing = declared
      .filter(({ path }) => !subject.files.has(path))
      .map(({ path, line }) =>
        findingAt(
          'refused',
          'manifest_contradicts_files',
          { path: 'package.json', line },
          { message: `agent.executables names ${path}, which is not in the package.` },
        ),
      );
    return [...undeclared, ...missing];
  },
};
