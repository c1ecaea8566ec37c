"""The same promise in two documents of one region: by its measure, what is done, and its unit."""

from collections.abc import Mapping

import pandas as pd

from minshi_analysis.metrics.comparison import described

__all__ = ["like_promises"]


def like_promises(t: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The targets with a key under which like promises of one region meet.

    Returns
    -------
    DataFrame
        The targets with `region`, `year`, `kind` of their document, and `key` (measure, deed, unit).
    """
    documents = t["documents"].set_index("doc_id")
    found = described(t)
    found = found[found["thing"].ne("-") & found["part_of"].isna()]
    about = {name: found["doc_id"].map(documents[name]) for name in ("region", "year", "kind", "as_of")}
    found = found.assign(**about)
    return found.assign(key=list(zip(found["thing"], found["deed"], found["unit"], strict=True)))
