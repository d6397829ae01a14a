// biome-ignore-all lint/suspicious/noTemplateCurlyInString: samples of configuration text
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectWith } from '../testing.ts';
import { entropyOf } from './secrets.ts';

/** Random characters with a fixed seed; the samples are put together here, so that no scanner finds a token in this file. */
function random(length: number, alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'): string {
  let state = 4242 + length;
  return Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return alphabet[Math.floor((state / 2147483648) * alphabet.length)];
  }).join('');
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const jwtPart = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

const SAMPLES: readonly (readonly [string, string])[] = [
  ['AWS', `AKIA${random(16, UPPER)}`],
  ['AWS secret', `aws_secret_access_key = "${random(40)}"`],
  ['GitHub', `ghp_${random(36)}`],
  ['GitHub fine-grained', `github_pat_${random(22)}_${random(59)}`],
  ['Slack', `xoxb-${random(12, '0123456789')}-${random(24)}`],
  ['Slack webhook', `https://hooks.slack.com/services/T${random(9, UPPER)}/B${random(9, UPPER)}/${random(24)}`],
  ['Stripe', `sk_live_${random(24)}`],
  ['npm', `npm_${random(36)}`],
  ['npm file', `//registry.acme.dev/:_authToken=${random(36)}`],
  ['Google', `AIza${random(35)}`],
  ['Anthropic', `sk-ant-api03-${random(93)}`],
  ['OpenAI', `sk-proj-${random(80)}`],
  ['CODITECT', `cdt_${random(42)}`],
  ['private key', `-----BEGIN RSA PRIVATE KEY-----\n${random(64)}\n${random(64)}\n`],
  ['private key in JSON', `"-----BEGIN PRIVATE KEY-----\\n${random(64)}\\n"`],
  ['JSON Web Token', `${jwtPart({ alg: 'HS256', typ: 'JWT' })}.${jwtPart({ sub: 'ada', exp: 2_000_000_000 })}.${random(43)}`],
];

function codesIn(path: string, text: string): string[] {
  return inspectWith({ [path]: text })
    .findings.filter(({ code }) => code.startsWith('secret_'))
    .map(({ level, code, line }) => `${level} ${code} ${line}`);
}

describe('secrets', () => {
  it.each(SAMPLES)('refuses a %s credential in any file, with its line', (_what, secret) => {
    expect(codesIn('notes/setup.md', `one\ntwo ${secret}\n`)).toEqual(['refused secret_found 2']);
    expect(codesIn('data/config.json', `{"k": "${secret}"}`)[0]).toBe('refused secret_found 1');
  });

  it('never repeats a secret in its message', () => {
    const secret = `ghp_${random(36)}`;
    expect(JSON.stringify(inspectWith({ 'a.md': secret }).findings)).not.toContain(secret.slice(0, 12));
  });

  it('accepts placeholders, documentation samples and patterns in source', () => {
    const harmless = [
      ['AKIA', 'IOSFODNN7EXAMPLE'].join(''),
      `ghp_${'x'.repeat(36)}`,
      `sk_live_${'0'.repeat(24)}`,
      'sk-ant-api03-your-key-here',
      'const PATTERNS = [/AKIA[0-9A-Z]{16}/, /ghp_[A-Za-z0-9]{36}/, /sk_live_[0-9a-zA-Z]{24}/, /-----BEGIN [A-Z ]*PRIVATE KEY-----/];',
      'token = "${GITHUB_TOKEN}"',
      'password: "correct horse battery staple"',
      'const tokenPattern = "abcdefghijklmnopqrstuvwxyzABCDEF";',
      ['eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIn0', random(43)].join('.'),
      'integrity: sha512-qDx7E0UkB1xahUDe7i0TVFxjmBceHbI/ihpzuZhlLgpNEmr970bfQa2pKDhOC61/jONMt5OdSuRrhNdNU3ABgw==',
      'postgres://user:password@localhost/db and postgres://$USER:$PASS@db/x',
    ].join('\n');
    expect(codesIn('scripts/sweep.mjs', harmless)).toEqual([]);
  });

  it('asks to review something long and random under a secret’s name', () => {
    expect(codesIn('a.md', `client_secret: "${random(40)}"`)).toEqual(['review secret_possible 1']);
    expect(codesIn('a.md', `postgres://app:${random(16)}@db.acme.dev/x`)).toEqual(['review secret_possible 1']);
  });

  it('measures entropy between nothing and the alphabet’s size', () => {
    expect(entropyOf('aaaa')).toBe(0);
    expect(entropyOf('abcd')).toBe(2);
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        (text) => entropyOf(text) >= 0 && entropyOf(text) <= Math.log2(text.length) + 1e-9,
      ),
    );
  });
});
