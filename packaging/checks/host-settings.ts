import type { Finding } from '../../contract/findings.ts';
import { frontMatterLine } from '../components/markdown.ts';
import { excerpt, lineAt } from '../text.ts';
import { type Check, type CheckSubject, findingAt } from './check.ts';
import { isMention } from './mention.ts';
import { applyRules, type TextRule } from './rules.ts';
import type { ScannedText } from './texts.ts';

const SWITCH =
  /\bbypassPermissions\b|--dangerously-skip-permissions\b|--dangerously-bypass-approvals-and-sandbox\b|--yolo\b|--trust-all-tools\b|\bdanger-full-access\b|\benableAllProjectMcpServers\b|\bchat\.tools\.(?:global\.)?autoApprove\b|\bANTHROPIC_BASE_URL\s{0,3}=|--allow-all-tools\b/g;
/** Paths of settings, also as the pieces that `join(home, '.claude', 'settings.json')` is called with. */
const SETTINGS =
  /\.claude(?:\/|\\\\?|["'],\s{0,3}["'])settings(?:\.local)?\.json|\.claude\.json\b|\.git(?:\/|["'],\s{0,3}["'])hooks\b|core\.hooksPath|\.vscode(?:\/|["'],\s{0,3}["'])(?:settings|tasks)\.json|(?<=[~/"'}])\.(?:bashrc|zshrc|zprofile|bash_profile|profile)\b|\bcrontab\s{1,3}-(?!l)|Library\/LaunchAgents|\.config\/(?:autostart|systemd)|\.codex\/config\.toml|\.gemini\/settings\.json/g;
const WRITE_VERB =
  /\b(?:write|writes|add|adds|append|appends|edit|edits|set|modify|update|put|enable|create|insert|install|echo|tee)\b/i;
const WRITE_CALL =
  /\b(?:writeFile|appendFile|createWriteStream|copyFile|rename|outputFile|Set-Content|Add-Content|Out-File|write_text|shutil\.(?:copy|move))|\bopen\([^)\n]{0,200}["'][wa]b?\+?["']|>>?\s{0,3}["']?[~$/.]|\btee\s|\bcp\s|\bmv\s|\bln\s|\bgit\s{1,3}config\b|\bcrontab\s/;

const RULES: readonly TextRule[] = [
  {
    code: 'permission_bypass',
    pattern: SWITCH,
    kinds: ['instruction', 'program', 'config', 'prose'],
    level: 'review',
    message: 'The package switches off the host’s permission checks',
    fix: 'Let the user decide; declare the capabilities instead.',
    canBeMention: true,
  },
  {
    code: 'host_settings_write',
    pattern: SETTINGS,
    before: [WRITE_VERB],
    kinds: ['instruction', 'config'],
    level: 'review',
    message: 'The text asks to change settings of the host or the system',
    canBeMention: true,
  },
];

function programFindings(scanned: ScannedText): Finding[] {
  const { path, kind, text } = scanned;
  if (kind !== 'program') return [];
  const hit = [...text.matchAll(SETTINGS)].find((match) => !isMention(scanned, match.index, match.index + match[0].length));
  if (hit === undefined) return [];
  const canWrite = WRITE_CALL.test(text);
  const message = `The script names settings of the host or the system${canWrite ? ' and writes files' : ''}: ${excerpt(hit[0])}`;
  return [findingAt(canWrite ? 'review' : 'notice', 'host_settings_write', { path, line: lineAt(text, hit.index) }, { message })];
}

/** Files that hosts and git would read as their own settings, were the package unpacked in a workspace. */
const SETTINGS_FILES =
  /(?:^|\/)(?:\.claude\/settings(?:\.local)?\.json|\.vscode\/(?:settings|tasks|launch|mcp)\.json|\.git\/|\.githooks\/|\.husky\/|\.codex\/config\.toml|\.gemini\/settings\.json|\.cursor\/mcp\.json)/;
const LEAKED_FILES =
  /(?:^|\/)(?:\.env(?:\.(?!example$|sample$|template$)[\w.]+)?|\.npmrc|\.netrc|id_(?:rsa|ed25519|ecdsa|dsa)|\.aws\/credentials)$/;

function pathFindings(subject: CheckSubject): Finding[] {
  return [...subject.files.keys()].flatMap((path) => {
    if (LEAKED_FILES.test(path))
      return [
        findingAt(
          'refused',
          'private_file',
          { path },
          { message: `${path} holds private settings and does not belong in a package.`, fix: 'Remove the file.' },
        ),
      ];
    if (/(?:^|\/)\.git\//.test(path))
      return [
        findingAt(
          'refused',
          'host_settings_file',
          { path },
          { message: `${path} is part of a git repository.`, fix: 'Remove the folder.' },
        ),
      ];
    return SETTINGS_FILES.test(path)
      ? [
          findingAt(
            'review',
            'host_settings_file',
            { path },
            { message: `${path} is a settings file of a host.`, fix: 'Remove the file.' },
          ),
        ]
      : [];
  });
}

function permissionModes(subject: CheckSubject): Finding[] {
  return subject.subagents.flatMap(({ source, name }) => {
    const mode = source.frontMatter.permissionMode;
    if (mode !== 'acceptEdits' && mode !== 'dontAsk' && mode !== 'auto') return [];
    const place = { path: source.path, line: frontMatterLine(source, 'permissionMode') };
    return [
      findingAt('review', 'permission_bypass', place, {
        message: `The subagent "${name}" sets permissionMode ${mode}, which lets it act without asking.`,
        fix: 'Remove permissionMode.',
      }),
    ];
  });
}

/** Nothing in a package may loosen or rewrite the settings of the user's tools. */
export const hostSettingsCheck: Check = {
  name: 'host-settings',
  run: (subject) => [
    ...applyRules(RULES, subject.texts),
    ...subject.texts.flatMap(programFindings),
    ...pathFindings(subject),
    ...permissionModes(subject),
  ],
};
