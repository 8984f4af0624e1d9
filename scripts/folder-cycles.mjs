/**
 * Circles of folders, which no circle of files shows: `a/x.ts` imports `b/y.ts`, and `b/z.ts` imports `a/w.ts`.
 *
 * Law     What stands in one folder, files and folders alike, imports one another in one direction only. So every
 *         folder has a top and a bottom, and can be read from the bottom.
 */

/**
 * @param {readonly (readonly [string, string])[]} edges from file to file, paths with `/`
 * @returns {{ folder: string, names: string[], edges: (readonly [string, string])[] }[]} each circle with its edges
 */
export function findFolderCycles(edges) {
  const levels = new Map();
  for (const [from, to] of edges) {
    const a = from.split('/');
    const b = to.split('/');
    let depth = 0;
    while (depth < a.length && depth < b.length && a[depth] === b[depth]) depth += 1;
    if (depth >= a.length || depth >= b.length) continue;
    const folder = a.slice(0, depth).join('/');
    const graph = levels.get(folder) ?? new Map();
    levels.set(folder, graph);
    const targets = graph.get(a[depth]) ?? new Map();
    graph.set(a[depth], targets);
    targets.set(b[depth], [...(targets.get(b[depth]) ?? []), [from, to]]);
  }
  return [...levels].flatMap(([folder, graph]) =>
    findComponents(graph).map((names) => ({
      folder,
      names,
      edges: names.flatMap((name) =>
        names.flatMap((other) => (name === other ? [] : (graph.get(name)?.get(other) ?? []))),
      ),
    })),
  );
}

/** The strongly connected components of more than one node, by name (Tarjan). */
function findComponents(graph) {
  const number = new Map();
  const low = new Map();
  const stack = [];
  const found = [];
  const visit = (name) => {
    number.set(name, number.size);
    low.set(name, number.get(name));
    stack.push(name);
    for (const next of graph.get(name)?.keys() ?? []) {
      if (!number.has(next)) visit(next);
      if (stack.includes(next)) low.set(name, Math.min(low.get(name), low.get(next)));
    }
    if (low.get(name) !== number.get(name)) return;
    const component = stack.splice(stack.indexOf(name));
    if (component.length > 1) found.push(component.sort());
  };
  for (const name of graph.keys()) if (!number.has(name)) visit(name);
  return found;
}
