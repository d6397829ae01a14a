import { describe, expect, it } from 'vitest';
import { confusableName } from './confusable-name.ts';

const names = { popularNames: () => ['@acme/query-doctor'] };

describe('a name close to a popular one', () => {
  it.each(['@bob/query-doctor', '@bob/querydoctor', '@bob/query-d0ctor', '@bob/doctor-query', '@bob/query-doctr'])(
    'is refused: %s',
    (name) => {
      expect(confusableName(name, names)).toMatchObject({ code: 'name_confusable', level: 'refused' });
      expect(confusableName(name, names)?.message).toContain('@acme/query-doctor');
    },
  );

  it.each(['@acme/query-doctors', '@bob/query-surgeon', '@bob/sql-tuner'])(
    'is fine in the own scope or when it differs: %s',
    (name) => {
      expect(confusableName(name, names)).toBeUndefined();
    },
  );
});
