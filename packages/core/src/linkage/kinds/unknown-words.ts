/** Cells that say in words that nothing is known: they are missing values, not values. */

const words: ReadonlySet<string> = new Set(
  (
    'невідомо|невідомий|невідома|невідоме|невід|не відомо|не відомий|дані відсутні|відсутнє|відсутній|відсутня|немає|нема|немає даних|нема даних|не встановлено|не вказано|н д|б д|н в|' +
    'неизвестно|неизвестный|неизвестна|неизв|не известно|нет|нет данных|нет сведений|отсутствует|не установлено|не указано|' +
    'невядома|невядомы|няма|няма звестак|няма дадзеных|не ўстаноўлена|' +
    'unknown|not known|unk|n a|na|n k|null|none|nan|nil|not available|no data|not stated|missing|undefined|tbd|' +
    'bilinmiyor|yok|belirtilmemiş|غير معروف|غير معروفة|مجهول|لا يوجد|brak|nieznany|nieznane|inconnu|unbekannt'
  ).split('|'),
);

/** Short words that are names as well: they say "unknown" only in capitals or with a stroke. */
const shortOnes: ReadonlySet<string> = new Set(['na', 'nil', 'нет', 'nan']);

/** True when a cell stands for no value: `невідомо`, `-`, `NULL`, `н/д`, `???`. */
export function isUnknown(cell: string): boolean {
  if (cell.length > 24) return false;
  if (!/[\p{L}\p{N}]/u.test(cell)) return true;
  const plain = cell
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (!words.has(plain)) return false;
  return !shortOnes.has(plain) || cell === cell.toUpperCase();
}
