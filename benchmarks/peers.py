"""Other engines behind one shape: texts in, a search of the best by words out."""

from collections.abc import Callable, Sequence

import numpy as np

from matcher.matching.analyzer import Analyzer
from matcher.matching.thesaurus import Thesaurus

Search = Callable[[str, int], object]


def bm25s_numba(texts: Sequence[str]) -> Search:
    import bm25s

    read = Analyzer(Thesaurus()).terms
    engine = bm25s.BM25(backend="numba")
    engine.index([read(text) for text in texts], show_progress=False)
    known = engine.vocab_dict

    def search(text: str, top: int) -> object:
        tokens = [term for term in read(text) if term in known]
        return engine.retrieve([tokens], k=top, show_progress=False)

    return search


def tantivy_index(texts: Sequence[str]) -> Search:
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("body", tokenizer_name="en_stem").build()
    index = tantivy.Index(schema)
    writer = index.writer(200_000_000, 1)
    for text in texts:
        writer.add_document(tantivy.Document(body=[text]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str, top: int) -> object:
        return searcher.search(index.parse_query(text, ["body"]), top).hits

    return search


def sparse_top(texts: Sequence[str]) -> Search:
    import sparse_dot_topn
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=Analyzer(Thesaurus()).terms, sublinear_tf=True)
    matrix = vectorizer.fit_transform(texts).T.tocsr()

    def search(text: str, top: int) -> object:
        return sparse_dot_topn.sp_matmul_topn(vectorizer.transform([text]), matrix, top_n=top)

    return search


def sklearn_cosine(texts: Sequence[str]) -> Search:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import cosine_similarity

    vectorizer = TfidfVectorizer(analyzer=Analyzer(Thesaurus()).terms, sublinear_tf=True)
    matrix = vectorizer.fit_transform(texts)

    def search(text: str, top: int) -> object:
        scores = cosine_similarity(vectorizer.transform([text]), matrix)[0]
        return np.argpartition(-scores, top)[:top]

    return search


PEERS: dict[str, Callable[[Sequence[str]], Search]] = {
    "peer: bm25s (numba)": bm25s_numba,
    "peer: tantivy": tantivy_index,
    "peer: sparse_dot_topn": sparse_top,
    "peer: scikit-learn cosine_similarity": sklearn_cosine,
}
