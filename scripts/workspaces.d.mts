export interface Workspace {
  readonly folder: string;
  readonly name: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}
export function findWorkspaces(tree: string): Workspace[];
export function findWorkspaceRoots(tree: string): string[];
