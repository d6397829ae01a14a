import { describe, expect, it } from 'vitest';
import { explainDataFailure, explainListenFailure } from './start-error.ts';

const failure = (fields: object) => Object.assign(new Error('inner text'), fields);

describe('a start that fails', () => {
  it('says in one line what is wrong with the port', () => {
    expect(explainListenFailure(failure({ code: 'EADDRINUSE' }), '127.0.0.1', 3900)?.message).toBe(
      'port 3900 is taken: set PORT or stop the other program',
    );
    expect(explainListenFailure(failure({ code: 'EADDRNOTAVAIL' }), '10.9.9.9', 3900)?.message).toContain('HOST 10.9.9.9');
    expect(explainListenFailure(failure({ code: 'EPIPE' }), '127.0.0.1', 3900)).toBeUndefined();
  });

  it('says in one line what is wrong with the data folder, be it the folder or the database in it', () => {
    expect(explainDataFailure(failure({ code: 'EACCES' }), '/data')?.message).toBe(
      'DATA_DIR /data may not be written by this user',
    );
    expect(explainDataFailure(failure({ code: 'ERR_SQLITE_ERROR', errcode: 26 }), '/data')?.message).toContain(
      'is not a database',
    );
    expect(explainDataFailure(failure({ code: 'ERR_SQLITE_ERROR', errcode: 13 }), '/data')?.message).toContain('full disk');
    expect(explainDataFailure(new TypeError('bug'), '/data')).toBeUndefined();
  });
});
