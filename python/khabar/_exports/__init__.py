"""Claims in the columns of other data sets: ACLED, UCDP GED, PLOVER.

These hold events, so the claims of several reports about one event are one row: the facts of `Extraction.agreement`. What a
target's columns cannot hold is not dropped in silence: it stands in `losses`, claim by claim.
"""

from khabar._exports.acled import to_acled
from khabar._exports.columns import Export
from khabar._exports.ged import to_ged
from khabar._exports.plover import to_plover

__all__ = ["Export", "to_acled", "to_ged", "to_plover"]
