/** One command of the table. It answers with the process's exit code: 0 done, 1 the answer is no, 2 bad usage or input. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<(args: readonly string[]) => Promise<number>>;
}

export function toCommandList(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `homeward: negotiated prisoner exchanges, from the first list to the last verified return.

Usage: homeward <command> [arguments]

${rows.join('\n')}

Each command explains itself: homeward <command> --help
`;
}
