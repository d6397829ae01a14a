import type { Finding } from '../../contract/findings.ts';
import { LIMITS } from '../../contract/limits.ts';
import { changelogSection } from '../changelog.ts';
import { type Check, type CheckSubject, findingAt } from './check.ts';

/** Claude's directory asks for at least this many words. */
const README_WORDS = 40;

function notice(code: string, path: string, message: string, fix: string): Finding {
  return findingAt('notice', code, { path }, { message, fix });
}

function readmeFindings(subject: CheckSubject): Finding[] {
  const file = subject.files.get('README.md');
  if (file === undefined)
    return [
      notice(
        'readme_missing',
        'README.md',
        'The package has no README.md; its page would be empty.',
        'Write what it does, how to use it, and an example.',
      ),
    ];
  const text = subject.text('README.md');
  if (text === undefined)
    return [findingAt('refused', 'readme_invalid', { path: 'README.md' }, { message: 'README.md is not UTF-8 text.' })];
  if (file.bytes.length > LIMITS.readmeBytes) {
    return [
      findingAt(
        'refused',
        'readme_too_large',
        { path: 'README.md' },
        { message: `README.md is larger than ${LIMITS.readmeBytes / 1024} KiB.` },
      ),
    ];
  }
  const words = text.split(/\s+/).filter((word) => /\w/.test(word)).length;
  return words < README_WORDS
    ? [
        notice(
          'readme_short',
          'README.md',
          `README.md has ${words} words; ${README_WORDS} is little already.`,
          'Write what it does, how to use it, and an example.',
        ),
      ]
    : [];
}

function hasLicense(subject: CheckSubject): boolean {
  return [...subject.files.keys()].some((path) => /^LICEN[CS]E(?:\.\w+)?$/i.test(path));
}

/** What a stranger needs to judge the package: README, licence text, the changes of this version. */
export const documentationCheck: Check = {
  name: 'documentation',
  run(subject) {
    const findings = readmeFindings(subject);
    if (!hasLicense(subject))
      findings.push(
        notice(
          'license_missing',
          'LICENSE',
          'The package has no LICENSE file.',
          'Add the text of the licence that package.json names.',
        ),
      );
    const changelog = subject.text('CHANGELOG.md');
    const version = subject.manifest.manifest?.version;
    if (changelog !== undefined && version !== undefined && changelogSection(changelog, version) === undefined) {
      findings.push(
        notice(
          'changelog_section_missing',
          'CHANGELOG.md',
          `CHANGELOG.md has no section for ${version}.`,
          `Add "## [${version}]" with what changed.`,
        ),
      );
    }
    return findings;
  },
};
