import { isRecord } from '../json-source.ts';
import { type Check, findingAt } from './check.ts';

/** The scripts npm runs on the machine of whoever installs a package. */
const INSTALL_SCRIPTS = [
  'preinstall',
  'install',
  'postinstall',
  'preprepare',
  'prepare',
  'postprepare',
  'preuninstall',
  'uninstall',
  'postuninstall',
  'dependencies',
];

/** An agent package never runs code on install, neither through scripts nor through an implicit native build. */
export const lifecycleCheck: Check = {
  name: 'npm-lifecycle',
  run({ manifest, files }) {
    const scripts = isRecord(manifest.raw.scripts) ? manifest.raw.scripts : {};
    const lineOf = (path: string[]) => manifest.source?.lineOf(path) ?? 1;
    const place = (path: string[]) => ({ path: 'package.json', line: lineOf(path) });
    const findings = INSTALL_SCRIPTS.filter((name) => scripts[name] !== undefined).map((name) =>
      findingAt('refused', 'npm_lifecycle_script', place(['scripts', name]), {
        message: `The npm script "${name}" would run on install.`,
        fix: 'Remove the script.',
      }),
    );
    if (files.has('binding.gyp')) {
      findings.push(
        findingAt(
          'refused',
          'npm_lifecycle_script',
          { path: 'binding.gyp' },
          { message: 'npm would build binding.gyp on install.', fix: 'Remove the file.' },
        ),
      );
    }
    for (const field of ['dependencies', 'optionalDependencies']) {
      const listed = manifest.raw[field];
      if (!isRecord(listed) || Object.keys(listed).length === 0) continue;
      const message = `npm ${field} are not installed with an agent.`;
      findings.push(
        findingAt('notice', 'npm_dependencies_ignored', place([field]), {
          message,
          fix: 'Bundle what the scripts need into one file.',
        }),
      );
    }
    return findings;
  },
};
