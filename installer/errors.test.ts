import { describe, expect, it } from 'vitest';
import { INSTALL_ERRORS, InstallError } from './errors.ts';
import { asInstallError } from './node-errors.ts';

describe('error catalogue', () => {
  it.each(Object.entries(INSTALL_ERRORS))('%s says what happened and what to do, in whole sentences', (_, { text, next }) => {
    expect(text).toMatch(/^[A-Z{].*\.$/);
    expect(next).toMatch(/^[A-Z].*\.$/);
    expect(`${text} ${next}`).not.toMatch(/!|please/i);
  });

  it('fills in the particulars', () => {
    const error = new InstallError('version_not_found', {
      details: { agent: '@acme/x', version: '9', versions: ['1.0.0', '2.0.0'] },
    });
    expect(error.message).toBe('@acme/x has no version 9. Nothing was changed.');
    expect(error.next).toBe('Choose one of: 1.0.0, 2.0.0.');
  });

  it.each([
    ['ENOSPC', 'disk_full'],
    ['EDQUOT', 'disk_full'],
    ['EROFS', 'not_writable'],
    ['EACCES', 'not_writable'],
    ['EIO', 'io_failed'],
  ])('names %s %s', (errno, code) => {
    const cause = Object.assign(new Error(errno), { code: errno, path: '/x' });
    expect(asInstallError(cause)).toMatchObject({ code, cause });
  });

  it('leaves a bug a bug', () => {
    const bug = new TypeError('undefined is not a function');
    expect(asInstallError(bug)).toBe(bug);
  });
});
