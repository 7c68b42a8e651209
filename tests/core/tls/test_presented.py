"""Each certificate that a server presents has a place, or is named as what it is."""

from tests.support import authority
from workbench.core.tls.presented import Place, places

ROOT = authority.root()
OUTER = authority.intermediate(ROOT, "Outer")
INNER = authority.intermediate(OUTER, "Inner")
SERVER = authority.server(INNER).certificate
STRANGER = authority.root("Stranger").certificate
inner, outer, root = INNER.certificate, OUTER.certificate, ROOT.certificate


def test_a_chain_in_order() -> None:
    assert places((SERVER, inner, outer)) == (Place.LEAF, Place.INTERMEDIATE, Place.INTERMEDIATE)
    assert places((SERVER, inner, outer, root))[-1] is Place.ROOT
    assert places(()) == ()


def test_a_leaf_that_comes_twice_is_no_intermediate() -> None:
    assert places((SERVER, SERVER, inner, outer)) == (
        Place.LEAF,
        Place.TWICE,
        Place.INTERMEDIATE,
        Place.INTERMEDIATE,
    )


def test_another_authoritys_root_is_a_stranger() -> None:
    assert places((SERVER, inner, outer, STRANGER))[-1] is Place.STRANGER


def test_what_is_out_of_order() -> None:
    found = places((SERVER, outer, inner))
    assert found == (Place.LEAF, Place.OUT_OF_ORDER, Place.OUT_OF_ORDER)
