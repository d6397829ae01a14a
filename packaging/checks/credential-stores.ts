import type { Finding } from '../../contract/findings.ts';
import { excerpt, lineAt } from '../text.ts';
import { type Check, findingAt } from './check.ts';
import { isMention } from './mention.ts';
import { applyRules, type TextRule } from './rules.ts';
import type { ScannedText } from './texts.ts';

const STORE =
  '(?:\\.ssh/(?:id_\\w+|\\*)|\\.aws/credentials|\\.netrc\\b|\\.docker/config\\.json|\\.kube/config|\\.gnupg/|\\.claude/\\.credentials\\.json|\\.codex/auth\\.json|\\.config/gh/hosts\\.yml|find-(?:generic|internet)-password|\\bLogin Data\\b|\\bCookies\\.binarycookies\\b|\\bwallet\\.dat\\b|\\.config/gcloud/(?:credentials|application_default))';
const STORE_PATTERN = new RegExp(STORE, 'g');
const NETWORK =
  /\bfetch\s?\(|\bhttps?\.(?:request|get)\s?\(|\bXMLHttpRequest\b|\baxios\b|\brequests\.(?:get|post|put)\b|\burllib\b|\bcurl\s|\bwget\s|\bnc\s|\bnet\.(?:connect|createConnection)\b|Invoke-(?:WebRequest|RestMethod)/;

const TEXT_RULES: readonly TextRule[] = [
  {
    code: 'credential_read',
    pattern: STORE_PATTERN,
    before: [/\b(?:read|cat|open|copy|collect|gather|send|upload|print|include|get)\b/i],
    kinds: ['instruction'],
    level: 'review',
    message: 'The text asks to read stored credentials',
    canBeMention: true,
  },
];

function programFindings(scanned: ScannedText): Finding[] {
  const { path, kind, text } = scanned;
  if (kind !== 'program') return [];
  const hit = [...text.matchAll(STORE_PATTERN)].find((match) => !isMention(scanned, match.index, match.index + match[0].length));
  if (hit === undefined) return [];
  const hasNetwork = NETWORK.test(text);
  const message = `The script names a store of credentials${hasNetwork ? ' and uses the network' : ''}: ${excerpt(hit[0])}`;
  return [findingAt(hasNetwork ? 'review' : 'notice', 'credential_read', { path, line: lineAt(text, hit.index) }, { message })];
}

/** Reads of keys, tokens, cookies and wallets; worst together with network access. */
export const credentialStoresCheck: Check = {
  name: 'credential-stores',
  run: ({ texts }) => [...applyRules(TEXT_RULES, texts), ...texts.flatMap(programFindings)],
};
