/** `from` in runs of at most `most`, in order. */
export function inChunks<T>(from: readonly T[], most: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(from.length / most) }, (_, index) =>
    from.slice(index * most, (index + 1) * most),
  );
}
