// Verify-in-go checks a whole published Homeward log with Go's own transparency log packages and none of our code:
//
//	go run . [-witness vkey]... DIR
//
// DIR holds `checkpoint`, `vkey` (the log's verifier key) and `tile/`. It checks that the log signed the checkpoint
// and no named witness's line fails, that the root follows from the entries, that every tile follows from them too, and
// that inclusion and consistency can be proved from the tiles alone. It prints one line and ends with 0, or says what
// is wrong and ends with 1; 2 means that it was called wrongly.
//
// Two things x/mod does not know are done here: its tile paths are `tile/8/<L>/<N>`, those of C2SP `tile/<L>/<N>`; and it
// checks notes of type 1 only, while witnesses sign by C2SP tlog-cosignature, type 4.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

// cosigner checks the cosignatures of one witness; it is a note.Verifier.
type cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.id }
func (c cosigner) Verify(text, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), text)
	return ed25519.Verify(c.key, []byte(message), sig[8:])
}

func newCosigner(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(strings.TrimSpace(vkey), "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("a witness key has the form name+id+key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		return nil, errors.New("a witness key must be an Ed25519 cosignature key (type 4)")
	}
	digest := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	if fmt.Sprintf("%x", digest[:4]) != parts[1] {
		return nil, errors.New("the id of a witness key is wrong")
	}
	return cosigner{parts[0], binary.BigEndian.Uint32(digest[:4]), key[1:]}, nil
}

// folder is a published log; it is a tlog.TileReader.
type folder string

func (f folder) Height() int                      { return tileHeight }
func (f folder) SaveTiles([]tlog.Tile, [][]byte)  {}
func (f folder) read(path string) ([]byte, error) { return os.ReadFile(filepath.Join(string(f), path)) }
func c2spPath(t tlog.Tile) string                 { return strings.Replace(t.Path(), "tile/8/", "tile/", 1) }
func bundlePath(n int64, width int) string {
	entries := strings.Replace(tlog.Tile{H: tileHeight, L: 0, N: n, W: width}.Path(), "tile/8/0/", "tile/entries/", 1)
	return entries
}

// ReadTiles reads tiles; a partial tile that is gone is taken from its full tile.
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, t := range tiles {
		var err error
		if data[i], err = f.read(c2spPath(t)); os.IsNotExist(err) {
			full := t
			full.W = 1 << tileHeight
			data[i], err = f.read(c2spPath(full))
			if err == nil && len(data[i]) >= t.W*tlog.HashSize {
				data[i] = data[i][:t.W*tlog.HashSize]
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return data, nil
}

// entries reads bundle n; a partial bundle that is gone is taken from its full bundle.
func (f folder) entries(n int64, width int) ([][]byte, error) {
	path := bundlePath(n, width)
	data, err := f.read(path)
	exact := !os.IsNotExist(err)
	if !exact {
		data, err = f.read(bundlePath(n, 1<<tileHeight))
	}
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(entries) < width {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("%s: ends inside an entry", path)
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:end])
		data = data[end:]
	}
	if exact && len(data) > 0 {
		return nil, fmt.Errorf("%s: %d bytes left over", path, len(data))
	}
	return entries, nil
}

// memory holds every hash of the tree rebuilt from the entries; it is a tlog.HashReader.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(m)) {
			return nil, errors.New("hash outside the tree")
		}
		hashes[i] = m[index]
	}
	return hashes, nil
}

// openCheckpoint returns the tree the log has signed, and how many of the named witnesses have cosigned it.
func openCheckpoint(f folder, witnesses []string) (tlog.Tree, int, error) {
	var none tlog.Tree
	vkey, err := f.read("vkey")
	if err != nil {
		return none, 0, err
	}
	log, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	if err != nil {
		return none, 0, fmt.Errorf("vkey: %w", err)
	}
	verifiers := []note.Verifier{log}
	for _, witness := range witnesses {
		verifier, err := newCosigner(witness)
		if err != nil {
			return none, 0, err
		}
		verifiers = append(verifiers, verifier)
	}
	signed, err := f.read("checkpoint")
	if err != nil {
		return none, 0, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return none, 0, fmt.Errorf("checkpoint: %w", err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != log.Name() {
		return none, 0, errors.New("checkpoint: not three lines under the log's own name")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return none, 0, errors.New("checkpoint: malformed size")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return none, 0, errors.New("checkpoint: malformed root")
	}
	byLog, byWitness := false, 0
	for _, sig := range opened.Sigs {
		if sig.Name == log.Name() && sig.Hash == log.KeyHash() {
			byLog = true
		} else {
			byWitness++
		}
	}
	if !byLog {
		return none, 0, errors.New("checkpoint: the log itself has not signed it")
	}
	return tlog.Tree{N: size, Hash: root}, byWitness, nil
}

// rebuild makes every hash of the tree from the entries.
func rebuild(f folder, size int64) (memory, error) {
	hashes := make(memory, 0, tlog.StoredHashCount(size))
	for first := int64(0); first < size; first += 1 << tileHeight {
		width := 1 << tileHeight
		if size-first < int64(width) {
			width = int(size - first)
		}
		entries, err := f.entries(first>>tileHeight, width)
		if err != nil {
			return nil, err
		}
		for i, entry := range entries {
			more, err := tlog.StoredHashes(first+int64(i), entry, hashes)
			if err != nil {
				return nil, err
			}
			hashes = append(hashes, more...)
		}
	}
	return hashes, nil
}

// checkProofs proves entries and former sizes from the tile files alone, about a thousand of each.
func checkProofs(f folder, tree tlog.Tree, hashes memory) (int, error) {
	fromTiles := tlog.TileHashReader(tree, f)
	step, count := tree.N/1000+1, 0
	for n := int64(0); n < tree.N; n += step {
		record, err := tlog.ProveRecord(tree.N, n, fromTiles)
		if err != nil {
			return count, fmt.Errorf("entry %d: %w", n, err)
		}
		leaf := hashes[tlog.StoredHashIndex(0, n)]
		if err := tlog.CheckRecord(record, tree.N, tree.Hash, n, leaf); err != nil {
			return count, fmt.Errorf("entry %d: %w", n, err)
		}
		old, err := tlog.TreeHash(n+1, hashes)
		if err != nil {
			return count, err
		}
		growth, err := tlog.ProveTree(tree.N, n+1, fromTiles)
		if err != nil {
			return count, fmt.Errorf("size %d: %w", n+1, err)
		}
		if err := tlog.CheckTree(growth, tree.N, tree.Hash, n+1, old); err != nil {
			return count, fmt.Errorf("size %d: %w", n+1, err)
		}
		count++
	}
	return count, nil
}

// tilesOf lists the tiles a tree needs; tlog.NewTiles would also list every narrower width of the last ones.
func tilesOf(size int64) []tlog.Tile {
	var tiles []tlog.Tile
	for level, hashes := 0, size; hashes > 0; level, hashes = level+1, hashes>>tileHeight {
		full := hashes >> tileHeight
		for n := int64(0); n < full; n++ {
			tiles = append(tiles, tlog.Tile{H: tileHeight, L: level, N: n, W: 1 << tileHeight})
		}
		if width := int(hashes - full<<tileHeight); width > 0 {
			tiles = append(tiles, tlog.Tile{H: tileHeight, L: level, N: full, W: width})
		}
	}
	return tiles
}

func verify(f folder, witnesses []string) (string, error) {
	tree, cosigned, err := openCheckpoint(f, witnesses)
	if err != nil {
		return "", err
	}
	hashes, err := rebuild(f, tree.N)
	if err != nil {
		return "", err
	}
	root := tlog.Hash(sha256.Sum256(nil)) // x/mod gives the empty tree no hash
	if tree.N > 0 {
		if root, err = tlog.TreeHash(tree.N, hashes); err != nil {
			return "", err
		}
	}
	if root != tree.Hash {
		return "", errors.New("the entries do not lead to the signed root")
	}
	tiles := tilesOf(tree.N)
	for _, tile := range tiles {
		expected, err := tlog.ReadTileData(tile, hashes)
		if err != nil {
			return "", err
		}
		found, err := f.ReadTiles([]tlog.Tile{tile})
		if err != nil {
			return "", err
		}
		if !bytes.Equal(found[0], expected) {
			return "", fmt.Errorf("%s: wrong hashes", c2spPath(tile))
		}
	}
	proofs, err := checkProofs(f, tree, hashes)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("verified: %d entries, %d tiles, %d inclusion and %d consistency proofs, %d cosignatures",
		tree.N, len(tiles), proofs, proofs, cosigned), nil
}

func main() {
	var witnesses []string
	flag.Func("witness", "verifier key of a witness whose cosignature must not fail (may be repeated)", func(vkey string) error {
		witnesses = append(witnesses, vkey)
		return nil
	})
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: verify-in-go [-witness vkey]... DIR")
		os.Exit(2)
	}
	summary, err := verify(folder(flag.Arg(0)), witnesses)
	if err != nil {
		fmt.Fprintln(os.Stderr, "does not verify:", err)
		os.Exit(1)
	}
	fmt.Println(summary)
}
