/** The program's version, as nodes tell it. */
export const version = '0.1.0';
