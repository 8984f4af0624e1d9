/** How anybody checks the log: in the browser without a server, with this project's command, with a program of others. */
import type { Publication } from '../public/publication.ts';
import type { Words } from '../words/words.ts';
import { markup, type Piece } from './html.ts';
import type { Site } from './page.ts';
import { toRoot } from './page.ts';

export function toVerifyPage(site: Site, words: Words, { log }: Publication): Piece {
  const { texts } = words;
  const root = toRoot('verify/');
  const place = site.url === '' ? 'https://…/' : site.url;
  const facts = markup`<dl class="facts">
    <dt>${texts['check.origin']}</dt>
    <dd class="mono">${log.origin}</dd>
    <dt>${texts['check.size']}</dt>
    <dd>${log.size}</dd>
    <dt>${texts['check.root']}</dt>
    <dd class="mono">${log.root}</dd>
    <dt>${texts['check.key']}</dt>
    <dd class="mono">${log.vkey}</dd>
    <dt>${texts['check.cosigners']}</dt>
    <dd class="mono">${log.cosigners.length === 0 ? texts['check.nobody'] : log.cosigners.join(', ')}</dd>
  </dl>`;
  const browser = site.hasLog
    ? markup`<h2>${texts['check.browser']}</h2>
        <noscript><p>${texts['check.needsScript']}</p></noscript>
        <p
          id="check"
          data-log="${root}log"
          data-key="${log.vkey}"
          data-running="${texts['check.running']}"
          data-yes="${texts['check.yes']}"
          data-no="${texts['check.no']}"
          data-failed="${texts['check.failed']}"
        >
          <button type="button" hidden>${texts['check.button']}</button>
        </p>
        <p id="outcome" role="status"></p>`
    : markup`<p>${texts['check.without']}</p>`;
  return markup`<h1>${texts.check}</h1>
    <p class="lead">${texts['check.lead']}</p>
    <h2>${texts['check.log']}</h2>
    ${facts} ${browser}
    <h2>${texts['check.command']}</h2>
    <pre>npx homeward verify ${place}log --key '${log.vkey}'</pre>
    <h2>${texts['check.go']}</h2>
    <p>${texts['check.goText']}</p>
    <pre>${toGoProgram(place)}</pre>`;
}

/** A whole program against x/mod: the signed root, every tile under it, every entry under its tile. */
function toGoProgram(place: string): string {
  return `// mkdir check && cd check && go mod init check && go get golang.org/x/mod@v0.29.0
// save this as main.go, then: go run . ${place}log
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func get(path string) []byte {
	r, err := http.Get(os.Args[1] + "/" + path)
	if err != nil || r.StatusCode != 200 {
		log.Fatal(path, ": ", err, r)
	}
	b, _ := io.ReadAll(r.Body)
	return b
}

type tiles struct{}

func (tiles) Height() int                      { return 8 }
func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (tiles) ReadTiles(ts []tlog.Tile) (data [][]byte, err error) {
	for _, t := range ts {
		// A C2SP path has no height: tile/8/0/x001/067 is tile/0/x001/067 here.
		data = append(data, get(strings.Replace(t.Path(), "tile/8/", "tile/", 1)))
	}
	return data, nil
}

func main() {
	key, err := note.NewVerifier(strings.TrimSpace(string(get("vkey"))))
	if err != nil {
		log.Fatal(err)
	}
	signed, err := note.Open(get("checkpoint"), note.VerifierList(key))
	if err != nil {
		log.Fatal("the checkpoint is not signed by this key: ", err)
	}
	lines := strings.Split(signed.Text, "\\n")
	var n int64
	fmt.Sscan(lines[1], &n)
	var root tlog.Hash
	if root, err = tlog.ParseHash(lines[2]); err != nil {
		log.Fatal(err)
	}
	reader := tlog.TileHashReader(tlog.Tree{N: n, Hash: root}, tiles{})
	for first := int64(0); first < n; first += 256 {
		width := int(min(256, n-first))
		bundle := tlog.Tile{H: 8, L: -1, N: first / 256, W: width}
		entries := get(strings.Replace(bundle.Path(), "tile/8/data/", "tile/entries/", 1))
		var at []int64
		for i := range int64(width) {
			at = append(at, tlog.StoredHashIndex(0, first+i))
		}
		// The reader proves every hash against the root before it answers.
		hashes, err := reader.ReadHashes(at)
		if err != nil {
			log.Fatal(err)
		}
		for i, hash := range hashes {
			size := int(binary.BigEndian.Uint16(entries))
			if tlog.RecordHash(entries[2:2+size]) != hash {
				log.Fatal("entry ", first+int64(i), " is not the one in the tree")
			}
			entries = entries[2+size:]
		}
	}
	fmt.Println("every one of", n, "entries is under the root", root)
}`;
}
