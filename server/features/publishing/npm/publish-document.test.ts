import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../domain/errors.ts';
import { publishDocument } from '../../../testing/agent-tarball.ts';
import { parsePublishDocument, requireTagName } from './publish-document.ts';

const NAME = '@ada/helper';
const tarball = Buffer.from('tarball');

describe('the document of npm publish', () => {
  it('gives tarball, tag and what it says about them', () => {
    const parsed = parsePublishDocument(publishDocument(tarball, { tag: 'beta' }), NAME);
    expect(parsed).toMatchObject({ kind: 'publish', upload: { name: NAME, version: '1.0.0', distTag: 'beta' } });
    if (parsed.kind === 'publish') expect(Buffer.from(parsed.upload.tarball).equals(tarball)).toBe(true);
  });

  it('without a tarball is about deprecation', () => {
    const versions = { '1.0.0': { name: NAME, version: '1.0.0', deprecated: 'old' }, '1.1.0': { name: NAME, version: '1.1.0' } };
    const parsed = parsePublishDocument({ name: NAME, versions }, NAME);
    expect(parsed.kind === 'deprecate' && [...parsed.texts]).toEqual([
      ['1.0.0', 'old'],
      ['1.1.0', ''],
    ]);
  });

  it('refuses restricted access, several tags, and a tag that points elsewhere', () => {
    const document = publishDocument(tarball);
    expect(() => parsePublishDocument({ ...document, access: 'restricted' }, NAME)).toThrow(/restricted/i);
    expect(() => parsePublishDocument({ ...document, 'dist-tags': { a: '1.0.0', b: '1.0.0' } }, NAME)).toThrow(/one dist-tag/);
    expect(() => parsePublishDocument({ ...document, 'dist-tags': { latest: '2.0.0' } }, NAME)).toThrow(/must point/);
  });

  it('meets anything else with a DomainError', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (value, isMerged) => {
        const body = isMerged && typeof value === 'object' && value !== null ? { ...publishDocument(tarball), ...value } : value;
        try {
          parsePublishDocument(body, NAME);
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
        }
      }),
    );
  });

  it('takes tag names that no range can be mistaken for', () => {
    for (const tag of ['latest', 'next', 'v-next', 'lts.iron']) expect(requireTagName(tag)).toBe(tag);
    for (const tag of ['1.0.0', 'v1', '1', 'x', '^1', 'a b', '', '__proto__', 'ä'])
      expect(() => requireTagName(tag), tag).toThrow();
  });
});
