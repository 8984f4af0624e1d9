/** The script that a column is written in, for the repair of look-alike letters. */
import { getUnambiguousScript, type Script } from '../../names/index.ts';

/** The script most cells of a column are in, when nine of ten agree. */
export function getColumnScript(cells: readonly string[]): Script {
  let latin = 0;
  let cyrillic = 0;
  for (const cell of cells) {
    const script = getUnambiguousScript(cell.slice(0, 60));
    if (script === 'latin') latin += 1;
    else if (script === 'cyrillic') cyrillic += 1;
  }
  if (cyrillic > 9 * latin) return 'cyrillic';
  if (latin > 9 * cyrillic) return 'latin';
  return 'other';
}
