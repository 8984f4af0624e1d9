/** Tables as people keep them: a workbook with two sheets, a file that is no table. */
import { readClaims } from '@homeward/core/statements';
import { describe, expect, it } from 'vitest';
import { parseTable } from './read-table.ts';
import { toCsv } from './to-csv.ts';

/** Two sheets: a note, and two statements in rows 3 and 4 below their header. */
const workbook = Buffer.from(
  'UEsDBBQAAAAIAAAAIVC02Ioo1gAAAIMBAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbH2QPVLEMAyFr+Jxy6wdKCiYJFsALVBwAeEoG0/8N5Z2CbdHyS4Ns1B55PeePkntfolBnbCSz6nTt6bR+759/ypISpREnZ6Yy4O15CaMQCYXTKKMuUZgKevBFnAzHNDeNc29dTkxJt7x2kP37ROOcAysnhf5PlMqBtLq8WxcWZ2GUoJ3wKLbUxp+UXYXgpHk5qHJF7oRg7ZXCavyN+CSe5W1qx9QvUHlF4jiskuwn7nOHznP5v8mV6bM4+gdDtkdo0QMlYow0ITIMZjtNRF8+pnbbmfuvwFQSwMEFAAAAAgAAAAhUHQ+DyqUAAAAAwEAAAsAAABfcmVscy8ucmVsc43PPQ7CMAwF4KtEPkDdMjCgpF1YWBEXCMH9UZs4cgKU25ORIgZGPz99lnW3+kU9SNLEwUBT1dC1+kyLzSVI4xSTKo2QDIw5xwNiciN5myqOFMqmZ/E2l1EGjNbNdiDc1fUe5dOAralONwPSgLq8Iv0jc99Pjo7s7p5C/nHgq1FkKwNlA+uCT5b5yjxXBQVsNW7ea99QSwMEFAAAAAgAAAAhUKFLmxarAAAAIAEAAA8AAAB4bC93b3JrYm9vay54bWyNkLkSgjAQhl8lsw9AgMKC4WhsbGx8ggiLZCBZZjcej28EcbSz2uP/5t+jbB5uUjdkseQryJIUmrq8E49nolFF0UsFQwhzobW0AzojCc3oo9ITOxNiyRctM6PpZEAMbtJ5mu60M9bD6lDwPx7U97bFPbVXhz6sJoyTCXE1GewsUJfLBHlH5Y3DCo4UUEAtrUMXjwDFhY0JZ6B/0ZOx3ReZf8j8RerNXW8PqJ9QSwMEFAAAAAgAAAAhUMLvMwWhAAAAjwEAABoAAAB4bC9fcmVscy93b3JrYm9vay54bWwucmVsc72QOw6DMAyGrxL5ABgYOlQEli5dUS8QpYYgyENx+rp9o0qtisTQqZPl39bnT266u13ElSJP3kmoihK6tulpUSkHbKbAIm84lmBSCntE1oas4sIHcnky+GhVym0cMSg9q5GwLssdxm8GrJnieJYQKxCnR6BfyH4YJk0Hry+WXNo4gDcfZzZEKUNVHClJ+ESMr1IVmQq4pVL/WaV+q+Dq1e0TUEsDBBQAAAAIAAAAIVAdWYVzlAAAAMgAAAAYAAAAeGwvd29ya3NoZWV0cy9zaGVldDEueG1sTY7BDcIwDEVXiTJA3XLggNxUldiACaJiaESTVLZFGR+3B8TBlv2+/rdx+OTFvYkl1dL7rmn9EHCr/JKZSJ2pRXo/q64XAJlmylGaulIx5VE5R7WVnyArU7wfprzAqW3PkGMqPuDBrlFjQK6bY7tidNqHsfNOe5/KkgrdlI0nCahhdKUqIWhA2AlMVua2/hcHvz/DF1BLAwQUAAAACAAAACFQl4lNM0QBAAC+BAAAGAAAAHhsL3dvcmtzaGVldHMvc2hlZXQyLnhtbH2U0W6DMAxFfwXx3gZKN2kTTbWt3fq+D0BZ8EZUkqDE0H7+0mpC1WT3DZwcbO6B1Nuz7bMJQjTebfJyWeRbWZ98OMYOALO06uIm7xCHZyGi7sCquPQDuLTy7YNVmG7Dj4hDANVeIduLVVE8CquMy2V9re0UKlkHf8pC6pKq+nLxUuYZbnLjeuPgE0OqmyhrlBEVggWHjWlrgbIWl7rQf9wrx1nVQqOQQN44RH35ERuYUjMC23GY7pWxzdE4ar49R7UmgMYUNQG9c9Ck+hEI4OMuwM124KjRmX8JiORrllbN0ipOWkmp4naviqpcFA+LsqBscdSZcsRt1n4kpe45AJTuKDOXd59k9ZRGnW4FsM85K001PnDAkH5A7+Kd+Ndz/Gsu/hUVP7f7fvwcRcbPDmR6cJr6cvcc4rwDKgRxc4iI+XSSv1BLAQIUAxQAAAAIAAAAIVC02Ioo1gAAAIMBAAATAAAAAAAAAAAAAACAAQAAAABbQ29udGVudF9UeXBlc10ueG1sUEsBAhQDFAAAAAgAAAAhUHQ+DyqUAAAAAwEAAAsAAAAAAAAAAAAAAIABBwEAAF9yZWxzLy5yZWxzUEsBAhQDFAAAAAgAAAAhUKFLmxarAAAAIAEAAA8AAAAAAAAAAAAAAIABxAEAAHhsL3dvcmtib29rLnhtbFBLAQIUAxQAAAAIAAAAIVDC7zMFoQAAAI8BAAAaAAAAAAAAAAAAAACAAZwCAAB4bC9fcmVscy93b3JrYm9vay54bWwucmVsc1BLAQIUAxQAAAAIAAAAIVAdWYVzlAAAAMgAAAAYAAAAAAAAAAAAAACAAXUDAAB4bC93b3Jrc2hlZXRzL3NoZWV0MS54bWxQSwECFAMUAAAACAAAACFQl4lNM0QBAAC+BAAAGAAAAAAAAAAAAAAAgAE/BAAAeGwvd29ya3NoZWV0cy9zaGVldDIueG1sUEsFBgAAAAAGAAYAiwEAALkFAAAAAA==',
  'base64',
);

describe('tables', () => {
  it('[SM-60] reads the sheet of a workbook that has the statements, with its row numbers', () => {
    const table = parseTable(workbook, 'said.xlsx');
    if (!table.ok) throw new Error(table.error);
    expect(table.value.rows.map(({ line }) => line)).toEqual([3, 4]);
    const claims = readClaims(table.value);
    expect(claims.ok && claims.value.map(({ id, amount }) => [id, amount])).toEqual([
      ['s1', { kind: 'exact', value: 390 }],
      ['s2', undefined],
    ]);
  });

  it('[SM-60] says what a file is that holds no table', () => {
    const of = (text: string | Uint8Array): string => {
      const table = parseTable(typeof text === 'string' ? Buffer.from(text, 'latin1') : text, 'it');
      return table.ok ? 'read' : table.error;
    };
    expect(of('%PDF-1.7')).toMatch(/PDF/u);
    expect(of(workbook.subarray(0, 900))).toMatch(/^it/u);
    expect(of('a,b\n\xff,1\n')).toMatch(/UTF-8/u);
    expect(of('a,b\n1,2,3\n')).toBe('it, line 2: expected 2 cells, found 3');
  });

  it('[SM-61] what is written is read back as it was', () => {
    const rows = [
      ['one, two', 'three "four"', ' five\n'],
      ['-3', '', 'x'],
    ];
    const table = parseTable(Buffer.from(toCsv(['a', 'b', 'c'], rows)), 'it');
    expect(table.ok && table.value.rows.map(({ cells }) => Object.values(cells))).toEqual([
      ['one, two', 'three "four"', 'five'],
      ['-3', '', 'x'],
    ]);
  });
});
