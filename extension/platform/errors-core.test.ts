import { describe, expect, it } from 'vitest';
import { ApiError } from '../../contract/client.ts';
import { Cancelled, explainError, UserError } from './errors-core.ts';

const url = 'http://127.0.0.1:3900/api/v1/storefront';

describe('explainError', () => {
  it('says nothing about a cancellation', () => {
    expect(explainError(new Cancelled())).toBeUndefined();
    expect(explainError(new DOMException('stop', 'AbortError'))).toBeUndefined();
  });

  it('names the address when the service does not answer and offers the settings', () => {
    const explanation = explainError(new ApiError('unreachable', 'fetch failed', { url }));
    expect(explanation).toMatchObject({ message: 'No answer from http://127.0.0.1:3900.', action: 'openSettings' });
  });

  it('offers sign-in when the service wants to know who it is', () => {
    expect(explainError(new ApiError('unauthenticated', 'x', { url }))?.action).toBe('signIn');
  });

  it('says the particulars of a problem, or the catalogue text where there are none', () => {
    const problem = { type: 'about:blank', title: 't', status: 409, code: 'version_exists', detail: '1.0.0 is taken.' };
    const explanation = explainError(new ApiError('version_exists', 'x', { url, problem }));
    expect(explanation?.message).toBe('1.0.0 is taken.');
    const bare = explainError(new ApiError('version_exists', 'x', { url }));
    expect(bare?.message).toBe('This version is already published; versions cannot be replaced.');
  });

  it('keeps the words of our own engines and hides those of Node', () => {
    const ours = Object.assign(new Error('The download does not match its checksum.'), { code: 'integrity_mismatch' });
    expect(explainError(ours)?.message).toBe('The download does not match its checksum.');
    const foreign = Object.assign(new Error("ENOENT: no such file or directory, open '/secret'"), { code: 'ENOENT' });
    expect(explainError(foreign)).toMatchObject({ code: 'internal', isUnexpected: true, action: 'openLog' });
  });

  it('says that a full disk changed nothing', () => {
    expect(explainError(Object.assign(new Error('x'), { code: 'ENOSPC' }))?.message).toBe(
      'The disk is full. Nothing was changed.',
    );
  });

  it('passes on the one action of a user error', () => {
    expect(explainError(new UserError('No.', { action: 'signIn' }))).toMatchObject({ message: 'No.', action: 'signIn' });
  });
});
